package dev.attune.training.reward;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the prompts if {@code steps} is 0
 * @param prompts per step, each with all its comparisons
 * @param standardize whether each feature that the head reads is first scaled to variance 1 over the training sequences
 * @param micro sequences that pass through the model at once
 * @param order in which each epoch takes the prompts
 */
@RecordBuilder
public record RewardOptions(
        int steps,
        int epochs,
        int prompts,
        int micro,
        boolean standardize,
        ComparisonSettings comparison,
        DataOrder order,
        OptimizerSettings optimizer,
        long seed)
        implements RewardOptionsBuilder.With {
    /** The defaults of recipes: one pass over the comparisons, 16 of them a step. */
    public static RewardOptions defaults() {
        return new RewardOptions(
                0,
                1,
                16,
                32,
                false,
                ComparisonSettings.DEFAULT,
                DataOrder.SHUFFLED,
                OptimizerSettings.of(1e-4, Schedule.Shape.LINEAR),
                7);
    }
}
