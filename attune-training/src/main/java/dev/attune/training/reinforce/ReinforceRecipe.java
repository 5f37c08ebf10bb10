package dev.attune.training.reinforce;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.onpolicy.PromptSettings;

/** REINFORCE++ (arXiv 2501.03262), on prompts with reward functions. */
public record ReinforceRecipe(@JsonUnwrapped PromptSettings prompt, ReinforceSettings reinforce)
        implements PromptRecipe {
    static ReinforceRecipe read(SectionReader fields) {
        return PromptRecipe.checked(
                new ReinforceRecipe(
                        PromptSettings.read(fields), fields.section(ReinforceMethod.SECTION, ReinforceSettings::read)),
                fields);
    }

    @Override
    public Plan plan() {
        return new Plan(
                ReinforceMethod.SECTION,
                reinforce.numGenerations(),
                1,
                reinforce.numIterations(),
                reinforce.minibatches());
    }
}
