package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import java.util.Locale;

/**
 * The level of the importance ratio between the policy and pi_old, with the log-ratio x_t = log pi(a_t|s_t) -
 * log pi_old(a_t|s_t) of a token and T tokens in a sequence. All levels give one ratio per token; those of sequences give
 * all tokens of a sequence the same one.
 *
 * <p>The exponent is limited to [-20, 20], where the gradient ends: beyond 88.7 the exponential is infinite in float32,
 * and even where the minimum chooses the finite branch the gradient would be 0 times infinity.
 */
public enum RatioLevel {
    /** exp(x_t) (PPO, GRPO). */
    TOKEN {
        @Override
        Tensor exponents(Tensor logRatios, SequenceLengths sequences) {
            return logRatios;
        }
    },
    /** exp(1/T sum x): the geometric mean (GSPO, arXiv 2507.18071, eq. 7). */
    SEQUENCE {
        @Override
        Tensor exponents(Tensor logRatios, SequenceLengths sequences) {
            return sequences.means(logRatios);
        }
    },
    /**
     * The value of {@link #SEQUENCE} with the gradient of each token's own log-probability (GSPO-token, arXiv 2507.18071,
     * eq. 14), for advantages that differ between tokens.
     */
    SEQUENCE_TOKEN {
        @Override
        Tensor exponents(Tensor logRatios, SequenceLengths sequences) {
            Tensor means = sequences.spread(sequences.means(logRatios.detach()));
            return means.plus(logRatios.minus(logRatios.detach()));
        }
    },
    /** exp(sum x): the ratio of whole sequences (RLOO, arXiv 2402.14740). */
    SEQUENCE_SUM {
        @Override
        Tensor exponents(Tensor logRatios, SequenceLengths sequences) {
            return sequences.sums(logRatios);
        }
    };

    /** The largest absolute exponent, in nats. */
    public static final double MAX_EXPONENT = 20;

    /** {@code [tokens]}, or {@code [sequences]} if there is one for each sequence. */
    abstract Tensor exponents(Tensor logRatios, SequenceLengths sequences);

    /** The name in recipes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Ratios with their gradient.
     *
     * @param perToken {@code [tokens]}
     * @param clamped the number of exponents outside [-20, 20], rank 0 in float32, without gradient
     */
    public record Ratios(Tensor perToken, Tensor clamped) {}

    /** The ratios of a batch. */
    public Ratios of(PolicyTokens tokens) {
        Tensor logRatios = tokens.logProbabilities().minus(tokens.oldLogProbabilities());
        Tensor exponents = exponents(logRatios, tokens.sequences());
        Tensor ratios = exponents.clamp(-MAX_EXPONENT, MAX_EXPONENT).exp();
        boolean perSequence = this == SEQUENCE || this == SEQUENCE_SUM;
        return new Ratios(perSequence ? tokens.sequences().spread(ratios) : ratios, clamped(exponents));
    }

    /** The number of exponents outside [-20, 20]. */
    static Tensor clamped(Tensor exponents) {
        return exponents.detach().abs().greaterThan(MAX_EXPONENT).toFloat().sum();
    }
}
