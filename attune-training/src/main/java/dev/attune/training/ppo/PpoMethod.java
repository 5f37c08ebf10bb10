package dev.attune.training.ppo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import java.io.IOException;

/** {@code method: ppo}. */
public final class PpoMethod implements TrainingMethod<PpoRecipe> {
    @Override
    public String name() {
        return "ppo";
    }

    @Override
    public String summary() {
        return "proximal policy optimisation against reward functions, or in an environment";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public PpoRecipe read(SectionReader fields) {
        return PpoRecipe.read(fields);
    }

    @Override
    public Job open(PpoRecipe recipe, RunContext context) throws IOException {
        return PpoJob.open(recipe, context);
    }
}
