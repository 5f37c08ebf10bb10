package dev.attune.training.processreward;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.reward.Trainable;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Training a process reward model on solutions whose steps are labelled. It starts from the backbone of a language
 * model, or continues from a reward model.
 *
 * @param epochs passes over the data if {@code steps} is null
 */
@RecordBuilder
public record ProcessRewardRecipe(
        @JsonUnwrapped RunSettings run,
        Trainable trainable,
        BatchSettings batch,
        ProcessRewardSettings processReward,
        int epochs)
        implements ProcessRewardRecipeBuilder.With, Recipe {
    private static final RunDefaults DEFAULTS =
            RunDefaults.ofEpochs(1e-5, Schedule.Shape.LINEAR).withEvaluation(50, 0.1);

    static ProcessRewardRecipe read(SectionReader fields) {
        return new ProcessRewardRecipe(
                RunSettings.read(fields, DEFAULTS),
                Trainable.read(fields),
                fields.section("batch", batch -> BatchSettings.read(batch, 16, 16)),
                fields.section("process_reward", ProcessRewardSettings::read),
                fields.integer("epochs", 1, 1));
    }
}
