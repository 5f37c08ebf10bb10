package dev.attune.training.reward;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.Schedule;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Training a reward model on preferences or rankings. It starts from the backbone of a language model, or continues from a
 * reward model.
 *
 * @param epochs passes over the data if {@code steps} is null
 */
@RecordBuilder
public record RewardRecipe(
        @JsonUnwrapped RunSettings run,
        HeadSettings head,
        Trainable trainable,
        BatchSettings batch,
        ComparisonSettings comparison,
        GateSettings gate,
        int epochs)
        implements RewardRecipeBuilder.With, Recipe {
    private static final RunDefaults DEFAULTS =
            RunDefaults.ofEpochs(1e-4, Schedule.Shape.LINEAR).withEvaluation(50, 0.1);

    static RewardRecipe read(SectionReader fields) {
        RewardRecipe recipe = new RewardRecipe(
                RunSettings.read(fields, DEFAULTS),
                fields.section("head", HeadSettings::read),
                Trainable.read(fields),
                fields.section("batch", batch -> BatchSettings.read(batch, 16, 32)),
                fields.section("comparison", ComparisonSettings::read),
                fields.section("gate", GateSettings::read),
                fields.integer("epochs", 1, 1));
        if (recipe.gate.require()
                && recipe.evaluate().data() == null
                && recipe.evaluate().split() == 0) {
            throw fields.invalid(
                    "gate",
                    "require: true",
                    "held-out pairs for the gate, and evaluate.split is 0",
                    "raise evaluate.split or name evaluate.data");
        }
        return recipe;
    }
}
