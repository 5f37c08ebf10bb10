package dev.attune.training.kl;

import org.jspecify.annotations.Nullable;

/** Holds the coefficient beta of the KL penalty. Its one number is its whole state. */
public sealed interface KlController {
    double coefficient();

    /**
     * The controller for the next step.
     *
     * @param kl the mean sequence KL of this step's rollouts, in nats
     * @param rollouts how many rollouts it was measured on
     */
    KlController after(double kl, int rollouts);

    /** The same controller with a coefficient from a checkpoint. */
    KlController withCoefficient(double coefficient);

    /** Fixed where there is no target. */
    static KlController of(double coefficient, @Nullable Double target, double horizon) {
        return target == null ? new Fixed(coefficient) : new Adaptive(coefficient, target, horizon);
    }

    /** The coefficient never changes. */
    record Fixed(double coefficient) implements KlController {
        @Override
        public Fixed after(double kl, int rollouts) {
            return this;
        }

        @Override
        public Fixed withCoefficient(double value) {
            return new Fixed(value);
        }
    }

    /**
     * Steers the KL towards a target (Ziegler et al., arXiv 1909.08593): e = clip(KL / target - 1, -0.2, 0.2), then
     * beta := beta * (1 + e * rollouts / horizon).
     */
    record Adaptive(double coefficient, double target, double horizon) implements KlController {
        private static final double MAX_ERROR = 0.2;

        @Override
        public Adaptive after(double kl, int rollouts) {
            double error = Math.max(-MAX_ERROR, Math.min(MAX_ERROR, kl / target - 1));
            return withCoefficient(coefficient * (1 + error * rollouts / horizon));
        }

        @Override
        public Adaptive withCoefficient(double value) {
            return new Adaptive(value, target, horizon);
        }
    }
}
