package dev.attune.training.processreward;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import java.io.IOException;

/** {@code method: process_reward}. */
public final class ProcessRewardMethod implements TrainingMethod<ProcessRewardRecipe> {
    @Override
    public String name() {
        return "process_reward";
    }

    @Override
    public String summary() {
        return "a process reward model on solutions whose steps are labelled";
    }

    @Override
    public Source source() {
        return Source.STEPS;
    }

    @Override
    public ProcessRewardRecipe read(SectionReader fields) {
        return ProcessRewardRecipe.read(fields);
    }

    @Override
    public Job open(ProcessRewardRecipe recipe, RunContext context) throws IOException {
        return ProcessRewardJob.open(recipe, context);
    }
}
