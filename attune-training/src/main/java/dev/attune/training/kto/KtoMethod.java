package dev.attune.training.kto;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import java.io.IOException;

/** {@code method: kto}. */
public final class KtoMethod implements TrainingMethod<KtoRecipe> {
    @Override
    public String name() {
        return "kto";
    }

    @Override
    public String summary() {
        return "Kahneman-Tversky optimisation on completions judged desirable or not";
    }

    @Override
    public Source source() {
        return Source.PREFERENCES;
    }

    @Override
    public KtoRecipe read(SectionReader fields) {
        return KtoRecipe.read(fields);
    }

    @Override
    public Job open(KtoRecipe recipe, RunContext context) throws IOException {
        return KtoJob.open(recipe, context);
    }
}
