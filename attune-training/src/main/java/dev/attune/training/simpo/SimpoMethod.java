package dev.attune.training.simpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.preference.PreferenceJob;
import java.io.IOException;

/** {@code method: simpo}. */
public final class SimpoMethod implements TrainingMethod<SimpoRecipe> {
    @Override
    public String name() {
        return "simpo";
    }

    @Override
    public String summary() {
        return "preference optimisation by length-normalised log-probabilities, without a reference";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public SimpoRecipe read(SectionReader fields) {
        return SimpoRecipe.read(fields);
    }

    @Override
    public Job open(SimpoRecipe recipe, RunContext context) throws IOException {
        return PreferenceJob.open(recipe, context);
    }
}
