package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * SAPO (arXiv 2511.20347): a sigmoid in place of the clip, whose slope at r = 1 is 1:
 *
 * <pre>
 *   L_t = - (4 / tau) sigma(tau (r_t - 1)) A_t
 * </pre>
 *
 * @param level of the ratio r
 * @param positive tau where A is above 0; 1 by default
 * @param negative tau elsewhere; 1.05 by default
 */
public record SapoObjective(RatioLevel level, double positive, double negative) implements PolicyObjective {
    public SapoObjective {
        if (!(positive > 0 && negative > 0)) {
            throw new IllegalArgumentException("temperatures " + positive + " and " + negative + " must be above 0");
        }
    }

    /** The paper's temperatures, at the level of tokens. */
    public static SapoObjective defaults() {
        return new SapoObjective(RatioLevel.TOKEN, 1, 1.05);
    }

    @Override
    public Terms terms(PolicyTokens tokens) {
        RatioLevel.Ratios ratios = level.of(tokens);
        Tensor gains = tokens.advantages().greaterThan(0).to(tokens.advantages().dtype());
        Tensor temperature = gains.times(positive - negative).plus(negative);
        Tensor gate =
                temperature.times(ratios.perToken().minus(1)).sigmoid().times(4).dividedBy(temperature);
        return Terms.unclipped(gate.times(tokens.costs()), ratios);
    }
}
