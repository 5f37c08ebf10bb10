package dev.attune.training.sft;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;

/**
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the documents if {@code steps} is 0
 * @param rows per step
 * @param micro rows that pass through the model at once
 * @param maxLength tokens in a row
 * @param packing whether documents share rows
 * @param order in which each epoch takes the documents
 */
public record SftOptions(
        int steps,
        int epochs,
        int rows,
        int micro,
        int maxLength,
        boolean packing,
        DataOrder order,
        OptimizerSettings optimizer,
        long seed) {}
