package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weights of the policy's terms if another engine sampled the completions, whose log-probabilities differ a little from the
 * trainer's for the same weights. With x_t = log pi_old(a_t|s_t) - log pi_sampler(a_t|s_t), the weight is exp(x_t) of a token
 * or exp(sum x) of its sequence. It multiplies the objective, not the KL term, and has no gradient.
 *
 * @param mode level, and what happens outside the bounds
 * @param low lower bound of the weight; null for none
 * @param high upper bound of the weight; null for none
 */
public record SamplerCorrection(
        Mode mode, @Nullable Double low, @Nullable Double high) {
    /** Level of the weight, and what happens outside the bounds. */
    public enum Mode {
        /** Tokens; a weight outside becomes the bound. */
        TOKEN_TRUNCATE,
        /** Tokens; a weight outside becomes 0. */
        TOKEN_MASK,
        /** Sequences; a weight outside becomes the bound. */
        SEQUENCE_TRUNCATE,
        /** Sequences; a weight outside becomes 0: the sequence is left out. */
        SEQUENCE_MASK;

        /** @throws BadInputException for an unknown name */
        public static Mode parse(String place, String name) {
            for (Mode mode : values()) {
                if (mode.toString().equals(name)) {
                    return mode;
                }
            }
            throw BadInputException.at(
                    place,
                    "'" + name + "'",
                    "token_truncate, token_mask, sequence_truncate or sequence_mask",
                    "choose one of these");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The weights of one completion's tokens.
     *
     * @param perToken a number for each token
     * @param outside tokens whose weight was outside the bounds
     * @param largestGap the largest |x_t|, which grows if sampler and trainer disagree
     */
    public record Weights(float[] perToken, int outside, double largestGap) {}

    /** TRL's default: sequences whose ratio passes 3 are left out. */
    public static SamplerCorrection defaults() {
        return new SamplerCorrection(Mode.SEQUENCE_MASK, null, 3.0);
    }

    /**
     * @param old log pi_old of each token, by the trainer's own pass
     * @param sampler log-probabilities that the engine gave; NaN where it gave none: the weight is then 1
     */
    public Weights of(float[] old, float[] sampler) {
        boolean sequence = mode == Mode.SEQUENCE_MASK || mode == Mode.SEQUENCE_TRUNCATE;
        float[] weights = new float[old.length];
        double sum = 0;
        double gap = 0;
        for (int t = 0; t < old.length; t++) {
            double x = Float.isNaN(sampler[t]) ? 0 : (double) old[t] - sampler[t];
            sum += x;
            gap = Math.max(gap, Math.abs(x));
        }
        int outside = 0;
        for (int t = 0; t < old.length; t++) {
            double x = sequence ? sum : Float.isNaN(sampler[t]) ? 0 : (double) old[t] - sampler[t];
            double weight = Math.exp(Math.max(-RatioLevel.MAX_EXPONENT, Math.min(RatioLevel.MAX_EXPONENT, x)));
            weights[t] = (float) bounded(weight);
            outside += isOutside(weight) ? 1 : 0;
        }
        return new Weights(weights, outside, gap);
    }

    private boolean isOutside(double weight) {
        return (low != null && weight < low) || (high != null && weight > high);
    }

    private double bounded(double weight) {
        if (!isOutside(weight)) {
            return weight;
        }
        if (mode == Mode.TOKEN_MASK || mode == Mode.SEQUENCE_MASK) {
            return 0;
        }
        return low != null && weight < low ? low : Objects.requireNonNull(high);
    }
}
