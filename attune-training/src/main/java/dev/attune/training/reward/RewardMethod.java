package dev.attune.training.reward;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import java.io.IOException;

/** {@code method: reward}. */
public final class RewardMethod implements TrainingMethod<RewardRecipe> {
    @Override
    public String name() {
        return "reward";
    }

    @Override
    public String summary() {
        return "a reward model on preferences or rankings";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public RewardRecipe read(SectionReader fields) {
        return RewardRecipe.read(fields);
    }

    @Override
    public Job open(RewardRecipe recipe, RunContext context) throws IOException {
        return RewardJob.open(recipe, context);
    }
}
