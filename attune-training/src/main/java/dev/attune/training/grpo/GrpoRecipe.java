package dev.attune.training.grpo;

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
 * Group-relative policy optimisation (arXiv 2402.03300) and its variants, on prompts with reward functions.
 *
 * @param reference the frozen policy of the KL term; not loaded if {@code grpo.beta} is 0
 */
public record GrpoRecipe(
        @JsonUnwrapped RunSettings run,
        String reference,
        List<RewardSource> reward,
        @Nullable CompletionsSettings completions,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        GrpoSettings grpo,
        RolloutSettings rollouts)
        implements PromptRecipe {
    static GrpoRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(
                fields, RunDefaults.ofRollouts(1e-6).withDataReplaced(PromptRecipe.dataReplaced(fields)));
        GrpoRecipe recipe = new GrpoRecipe(
                run,
                fields.text("reference", run.storedModel(fields)),
                PromptRecipe.rewards(fields),
                PromptRecipe.completions(fields),
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section(GrpoMethod.NAME, GrpoSettings::read),
                fields.section("rollouts", RolloutSettings::read));
        PromptRecipe.requireWholeGroups(fields, recipe.batch, GrpoMethod.NAME, recipe.grpo.numGenerations());
        return recipe;
    }
}
