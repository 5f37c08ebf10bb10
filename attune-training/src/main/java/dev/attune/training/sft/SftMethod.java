package dev.attune.training.sft;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import java.io.IOException;

/** {@code method: sft}. */
public final class SftMethod implements TrainingMethod<SftRecipe> {
    @Override
    public String name() {
        return "sft";
    }

    @Override
    public String summary() {
        return "supervised fine-tuning on completions, or pretraining of a new model";
    }

    @Override
    public SftRecipe read(SectionReader fields) {
        return SftRecipe.read(fields);
    }

    @Override
    public Job open(SftRecipe recipe, RunContext context) throws IOException {
        return SftJob.open(recipe, context);
    }
}
