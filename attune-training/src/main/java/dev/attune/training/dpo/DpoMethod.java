package dev.attune.training.dpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.preference.PreferenceJob;
import java.io.IOException;

/** {@code method: dpo}. */
public final class DpoMethod implements TrainingMethod<DpoRecipe> {
    @Override
    public String name() {
        return "dpo";
    }

    @Override
    public String summary() {
        return "direct preference optimisation on pairs or rankings, without a reward model";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public DpoRecipe read(SectionReader fields) {
        return DpoRecipe.read(fields);
    }

    @Override
    public Job open(DpoRecipe recipe, RunContext context) throws IOException {
        return PreferenceJob.open(recipe, context);
    }
}
