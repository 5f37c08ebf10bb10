package dev.attune.training.orpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.preference.PreferenceJob;
import java.io.IOException;

/** {@code method: orpo}. */
public final class OrpoMethod implements TrainingMethod<OrpoRecipe> {
    @Override
    public String name() {
        return "orpo";
    }

    @Override
    public String summary() {
        return "supervised fine-tuning with an odds-ratio term on pairs, without a reference";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public OrpoRecipe read(SectionReader fields) {
        return OrpoRecipe.read(fields);
    }

    @Override
    public Job open(OrpoRecipe recipe, RunContext context) throws IOException {
        return PreferenceJob.open(recipe, context);
    }
}
