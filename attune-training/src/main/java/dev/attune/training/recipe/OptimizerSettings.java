package dev.attune.training.recipe;

import dev.attune.training.optimizer.Schedule;

/**
 * AdamW, its schedule and clipping.
 *
 * @param epsilon added to the root of the second moment after bias correction, as PyTorch does; 1e-5 as in the PPO
 *     implementations, not PyTorch's 1e-8
 * @param weightDecay decoupled, on matrices alone
 * @param warmUp steps of linear warm-up
 * @param maxGradNorm the gradient's global norm is scaled down to this; null switches clipping off
 */
public record OptimizerSettings(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        Schedule.Shape schedule,
        int warmUp,
        @org.jspecify.annotations.Nullable Double maxGradNorm) {

    static OptimizerSettings read(Fields fields, double learningRate, Schedule.Shape schedule) {
        return new OptimizerSettings(
                fields.number("learning_rate", learningRate, Range.NOT_NEGATIVE),
                fields.number("beta1", 0.9, Range.PROPER_FRACTION),
                fields.number("beta2", 0.999, Range.PROPER_FRACTION),
                fields.number("epsilon", 1e-5, Range.POSITIVE),
                fields.number("weight_decay", 0, Range.NOT_NEGATIVE),
                fields.choice("schedule", schedule),
                fields.integer("warm_up", 0, 0),
                fields.nullableNumber("max_grad_norm", 1.0, Range.POSITIVE));
    }

    /** Defaults with this rate and schedule. */
    public static OptimizerSettings of(double learningRate, Schedule.Shape schedule) {
        return new OptimizerSettings(learningRate, 0.9, 0.999, 1e-5, 0, schedule, 0, 1.0);
    }

    public Schedule schedule(int steps) {
        return new Schedule(schedule, warmUp, steps);
    }
}
