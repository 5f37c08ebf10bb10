package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * VESPO (arXiv 2602.10693): the log-probability weighted by a gamma-shaped function of the sequence's ratio w = exp(sum x), without
 * gradient, which is 1 at w = 1:
 *
 * <pre>
 *   L_t = - phi(w) A_t log pi(a_t|s_t),   phi(w) = exp(lambda) w^k exp(- lambda w)
 * </pre>
 *
 * log w is limited to [log 1e-8, 20], each token's log-ratio to [-20, 20].
 *
 * @param gains k and lambda where A is not negative; 2 and 3 by default
 * @param losses k and lambda where A is negative; 3 and 2 by default
 */
public record VespoObjective(Shape gains, Shape losses) implements PolicyObjective {
    private static final double MIN_LOG_RATIO = Math.log(1e-8);

    /** The exponent k and the decay lambda of phi. */
    public record Shape(double k, double lambda) {}

    public static VespoObjective defaults() {
        return new VespoObjective(new Shape(2, 3), new Shape(3, 2));
    }

    @Override
    public RatioLevel level() {
        return RatioLevel.TOKEN;
    }

    @Override
    public Terms terms(PolicyTokens tokens) {
        RatioLevel.Ratios ratios = level().of(tokens);
        Tensor weight = weight(tokens, ratios.perToken().detach().log());
        return Terms.unclipped(weight.times(tokens.costs()).times(tokens.logProbabilities()), ratios);
    }

    private Tensor weight(PolicyTokens tokens, Tensor logRatios) {
        SequenceLengths sequences = tokens.sequences();
        Tensor logW = sequences.spread(sequences.sums(logRatios)).clamp(MIN_LOG_RATIO, RatioLevel.MAX_EXPONENT);
        Tensor negative = tokens.advantages().lessThan(0).to(tokens.advantages().dtype());
        Tensor k = negative.times(losses.k - gains.k).plus(gains.k);
        Tensor lambda = negative.times(losses.lambda - gains.lambda).plus(gains.lambda);
        return lambda.plus(k.times(logW)).minus(lambda.times(logW.exp())).exp();
    }
}
