package dev.attune.training.rloo;

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
 * REINFORCE leave-one-out (arXiv 2402.14740), on prompts with reward functions.
 *
 * @param reference the frozen policy of the KL penalty; not loaded if {@code rloo.beta} is 0
 */
public record RlooRecipe(
        @JsonUnwrapped RunSettings run,
        String reference,
        List<RewardSource> reward,
        @Nullable CompletionsSettings completions,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        RlooSettings rloo,
        RolloutSettings rollouts)
        implements PromptRecipe {
    static RlooRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(
                fields, RunDefaults.ofRollouts(1e-6).withDataReplaced(PromptRecipe.dataReplaced(fields)));
        RlooRecipe recipe = new RlooRecipe(
                run,
                fields.text("reference", run.storedModel(fields)),
                PromptRecipe.rewards(fields),
                PromptRecipe.completions(fields),
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section(RlooMethod.NAME, RlooSettings::read),
                fields.section("rollouts", RolloutSettings::read));
        PromptRecipe.requireWholeGroups(fields, recipe.batch, RlooMethod.NAME, recipe.rloo.numGenerations());
        return recipe;
    }
}
