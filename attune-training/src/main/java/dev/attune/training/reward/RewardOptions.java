package dev.attune.training.reward;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;

/**
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the prompts if {@code steps} is 0
 * @param prompts per step, each with all its comparisons
 * @param standardize whether each feature that the head reads is first scaled to variance 1 over the training sequences
 * @param micro sequences that pass through the model at once
 * @param order in which each epoch takes the prompts
 */
public record RewardOptions(
        int steps,
        int epochs,
        int prompts,
        int micro,
        boolean standardize,
        ComparisonSettings comparison,
        DataOrder order,
        OptimizerSettings optimizer,
        long seed) {}
