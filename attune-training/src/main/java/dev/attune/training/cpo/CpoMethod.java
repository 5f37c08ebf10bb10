package dev.attune.training.cpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.preference.PreferenceJob;
import java.io.IOException;

/** {@code method: cpo}. */
public final class CpoMethod implements TrainingMethod<CpoRecipe> {
    @Override
    public String name() {
        return "cpo";
    }

    @Override
    public String summary() {
        return "contrastive preference optimisation on pairs, without a reference";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public CpoRecipe read(SectionReader fields) {
        return CpoRecipe.read(fields);
    }

    @Override
    public Job open(CpoRecipe recipe, RunContext context) throws IOException {
        return PreferenceJob.open(recipe, context);
    }
}
