package dev.attune.training.grpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.onpolicy.PromptSettings;

/** Group-relative policy optimisation (arXiv 2402.03300) and its variants, on prompts with reward functions. */
public record GrpoRecipe(@JsonUnwrapped PromptSettings prompt, GrpoSettings grpo) implements PromptRecipe {
    static GrpoRecipe read(SectionReader fields) {
        return PromptRecipe.checked(
                new GrpoRecipe(PromptSettings.read(fields), fields.section(GrpoMethod.NAME, GrpoSettings::read)),
                fields);
    }

    @Override
    public Plan plan() {
        return new Plan(
                GrpoMethod.NAME,
                grpo.numGenerations(),
                grpo.dynamicSampling(),
                grpo.numIterations(),
                grpo.minibatches());
    }
}
