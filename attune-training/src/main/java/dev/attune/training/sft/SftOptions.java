package dev.attune.training.sft;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the documents if {@code steps} is 0
 * @param rows per step
 * @param micro rows that pass through the model at once
 * @param maxLength tokens in a row
 * @param packing whether documents share rows
 * @param order in which each epoch takes the documents
 */
@RecordBuilder
public record SftOptions(
        int steps,
        int epochs,
        int rows,
        int micro,
        int maxLength,
        boolean packing,
        DataOrder order,
        OptimizerSettings optimizer,
        long seed)
        implements SftOptionsBuilder.With {
    /** The defaults of recipes: one pass over the documents, 32 packed rows of 512 tokens a step. */
    public static SftOptions defaults() {
        return new SftOptions(
                0, 1, 32, 8, 512, true, DataOrder.SHUFFLED, OptimizerSettings.of(1e-4, Schedule.Shape.COSINE), 7);
    }
}
