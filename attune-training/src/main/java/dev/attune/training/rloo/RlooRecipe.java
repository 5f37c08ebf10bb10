package dev.attune.training.rloo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.onpolicy.PromptSettings;

/** REINFORCE leave-one-out (arXiv 2402.14740), on prompts with reward functions. */
public record RlooRecipe(@JsonUnwrapped PromptSettings prompt, RlooSettings rloo) implements PromptRecipe {
    static RlooRecipe read(SectionReader fields) {
        return PromptRecipe.checked(
                new RlooRecipe(PromptSettings.read(fields), fields.section(RlooMethod.NAME, RlooSettings::read)),
                fields);
    }

    @Override
    public Plan plan() {
        return new Plan(RlooMethod.NAME, rloo.numGenerations(), 1, rloo.numIterations(), rloo.minibatches());
    }
}
