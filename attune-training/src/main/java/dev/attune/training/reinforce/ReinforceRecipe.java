package dev.attune.training.reinforce;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.onpolicy.CompletionsSettings;
import dev.attune.training.onpolicy.PromptRecipe;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RolloutBatchSettings;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.SectionReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * REINFORCE++ (arXiv 2501.03262), on prompts with reward functions.
 *
 * @param reference the frozen policy of the KL penalty; not loaded if {@code reinforce.beta} is 0
 */
public record ReinforceRecipe(
        @JsonUnwrapped RunSettings run,
        String reference,
        List<RewardSource> reward,
        @Nullable CompletionsSettings completions,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        ReinforceSettings reinforce,
        RolloutSettings rollouts)
        implements PromptRecipe {
    static ReinforceRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(
                fields, RunDefaults.ofRollouts(1e-6).withDataReplaced(PromptRecipe.dataReplaced(fields)));
        ReinforceRecipe recipe = new ReinforceRecipe(
                run,
                fields.text("reference", run.storedModel(fields)),
                PromptRecipe.rewards(fields),
                PromptRecipe.completions(fields),
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section(ReinforceMethod.SECTION, ReinforceSettings::read),
                fields.section("rollouts", RolloutSettings::read));
        PromptRecipe.requireWholeGroups(
                fields, recipe.batch, ReinforceMethod.SECTION, recipe.reinforce.numGenerations());
        return recipe;
    }
}
