package dev.attune.training.processreward;

import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the solutions if {@code steps} is 0
 * @param rows solutions per step
 * @param micro solutions that pass through the model at once
 * @param aggregation of the evaluation's scores of solutions
 * @param order in which each epoch takes the solutions
 */
@RecordBuilder
public record ProcessRewardOptions(
        int steps,
        int epochs,
        int rows,
        int micro,
        StepAggregation aggregation,
        DataOrder order,
        OptimizerSettings optimizer,
        long seed)
        implements ProcessRewardOptionsBuilder.With {}
