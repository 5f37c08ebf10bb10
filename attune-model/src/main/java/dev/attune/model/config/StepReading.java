package dev.attune.model.config;

import dev.attune.core.reward.steps.StepAggregation;

/**
 * How a process reward model reads solutions: its head scores each step at the last token of the step's mark.
 *
 * @param mark the text that ends a step ({@code reward_step_mark} in config.json)
 * @param aggregation of the probabilities of steps to the score of a solution, if its user chooses no other
 *     ({@code reward_step_aggregation} in config.json; min if absent)
 */
public record StepReading(String mark, StepAggregation aggregation) {
    /** A line per step, as good as the weakest. */
    public static final StepReading DEFAULT = new StepReading("\n", StepAggregation.MIN);

    public StepReading {
        if (mark.isEmpty()) {
            throw new IllegalArgumentException("an empty step mark");
        }
    }
}
