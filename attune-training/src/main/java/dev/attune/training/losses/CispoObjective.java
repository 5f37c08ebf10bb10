package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * CISPO (MiniMax-M1, arXiv 2506.13585, eq. 4): the ratio is a bounded weight without gradient, so that clipping removes no
 * token from the gradient:
 *
 * <pre>
 *   L_t = - sg(min(r_t, bound)) A_t log pi(a_t|s_t)
 * </pre>
 *
 * @param level of the ratio r
 * @param bound an absolute one, not a distance from 1; 5 in ScaleRL (arXiv 2510.13786)
 */
public record CispoObjective(RatioLevel level, double bound) implements PolicyObjective {
    public CispoObjective {
        if (!(bound > 0)) {
            throw new IllegalArgumentException("the bound " + bound + " of CISPO must be above 0");
        }
    }

    @Override
    public Terms terms(PolicyTokens tokens) {
        RatioLevel.Ratios ratios = level.of(tokens);
        Tensor ratio = ratios.perToken().detach();
        Tensor weight = ratio.clamp(Double.NEGATIVE_INFINITY, bound);
        Tensor bounded = ratio.greaterThan(bound).and(tokens.advantages().greaterThan(0));
        return new Terms(
                weight.times(tokens.costs()).times(tokens.logProbabilities()),
                ratios.perToken(),
                ratio.times(0),
                bounded.toFloat(),
                ratios.clamped());
    }
}
