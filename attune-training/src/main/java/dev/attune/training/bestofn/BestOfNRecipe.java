package dev.attune.training.bestofn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.onpolicy.PromptSettings;

/** Fine-tuning on the best of n completions (RAFT, arXiv 2304.06767), on prompts with reward functions. */
public record BestOfNRecipe(
        @JsonUnwrapped PromptSettings prompt,
        @JsonProperty(BestOfNMethod.NAME) BestOfNSettings bestOfN) implements PromptRecipe {
    static BestOfNRecipe read(SectionReader fields) {
        return PromptRecipe.checked(
                new BestOfNRecipe(
                        PromptSettings.read(fields), fields.section(BestOfNMethod.NAME, BestOfNSettings::read)),
                fields);
    }

    @Override
    public Plan plan() {
        return new Plan(
                BestOfNMethod.NAME, bestOfN.numGenerations(), 1, bestOfN.numIterations(), bestOfN.minibatches());
    }
}
