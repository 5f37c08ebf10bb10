package dev.attune.training.onlinedpo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.onpolicy.PromptSettings;

/** DPO on pairs of the policy's own completions (arXiv 2402.04792), on prompts with reward functions. */
public record OnlineDpoRecipe(
        @JsonUnwrapped PromptSettings prompt,
        @JsonProperty(OnlineDpoMethod.NAME) OnlineDpoSettings onlineDpo) implements PromptRecipe {
    static OnlineDpoRecipe read(SectionReader fields) {
        return PromptRecipe.checked(
                new OnlineDpoRecipe(
                        PromptSettings.read(fields), fields.section(OnlineDpoMethod.NAME, OnlineDpoSettings::read)),
                fields);
    }

    /** One update per step: the slope of the loss is that of the policy that sampled. */
    @Override
    public Plan plan() {
        return new Plan(OnlineDpoMethod.NAME, onlineDpo.numGenerations(), 1, 1, 1);
    }
}
