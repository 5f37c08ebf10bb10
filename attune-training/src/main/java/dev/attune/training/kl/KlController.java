package dev.attune.training.kl;

import org.jspecify.annotations.Nullable;

/** The coefficient beta of the KL penalty. The coefficient is its whole state. */
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

    /** Fixed if there is no target. */
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
     *
     * <p>The formula assumes a horizon of many steps. At 5 or more times the horizon's rollouts in one step the factor could
     * reach 0 or below, so it is bounded below by {@link #MIN_FACTOR}. A KL that is not a number, and a product that is not
     * finite, leave the coefficient as it was.
     */
    record Adaptive(double coefficient, double target, double horizon) implements KlController {
        /** The smallest factor by which one step changes the coefficient. */
        public static final double MIN_FACTOR = 0.01;

        private static final double MAX_ERROR = 0.2;

        @Override
        public Adaptive after(double kl, int rollouts) {
            double error = Math.max(-MAX_ERROR, Math.min(MAX_ERROR, kl / target - 1));
            double next = coefficient * Math.max(MIN_FACTOR, 1 + error * rollouts / horizon);
            return Double.isFinite(next) ? withCoefficient(next) : this;
        }

        /** Whether the published formula keeps the coefficient above 0 at this many rollouts per step. */
        public static boolean horizonSuffices(double horizon, int rollouts) {
            return MAX_ERROR * rollouts < horizon;
        }

        @Override
        public Adaptive withCoefficient(double value) {
            return new Adaptive(value, target, horizon);
        }
    }
}
