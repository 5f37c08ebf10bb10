package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The clipped surrogate (Schulman et al., arXiv 1707.06347, eq. 7) with bounds of their own on both sides:
 *
 * <pre>
 *   L_t = max( - A_t min(r_t, delta), - A_t clip(r_t, 1 - eps_low, 1 + eps_high) )
 * </pre>
 *
 * PPO, GRPO and RLOO have eps_low = eps_high; DAPO's clip-higher is 0.2 and 0.28 (arXiv 2503.14476, section 3.1); GSPO is this at
 * the level of sequences with 3e-4 and 4e-4. The bound delta limits the loss of a negative advantage, which is unbounded
 * otherwise (INTELLECT-2, arXiv 2505.07291).
 *
 * @param level of the ratio r
 * @param low eps_low, in (0, 1]
 * @param high eps_high, above 0
 * @param delta above 1 + eps_high; null for none
 */
public record ClippedObjective(
        RatioLevel level, double low, double high, @Nullable Double delta) implements PolicyObjective {
    public ClippedObjective {
        if (!(low > 0 && low <= 1 && high > 0) || (delta != null && !(delta > 1 + high))) {
            throw new IllegalArgumentException("clip bounds " + low + ", " + high + ", delta " + delta);
        }
    }

    /** One bound for both sides, at the level of tokens: PPO and GRPO. */
    public static ClippedObjective symmetric(double clip) {
        return new ClippedObjective(RatioLevel.TOKEN, clip, clip, null);
    }

    /** The same bounds at another level. */
    public ClippedObjective at(RatioLevel other) {
        return new ClippedObjective(other, low, high, delta);
    }

    @Override
    public Terms terms(PolicyTokens tokens) {
        RatioLevel.Ratios ratios = level.of(tokens);
        Tensor ratio = ratios.perToken();
        Tensor bound = delta == null ? ratio : ratio.clamp(Double.NEGATIVE_INFINITY, delta);
        Tensor free = tokens.costs().times(bound);
        Tensor bounded = tokens.costs().times(ratio.clamp(1 - low, 1 + high));
        Tensor clipped = bounded.greaterThan(free).detach();
        Tensor gains = tokens.advantages().greaterThan(0);
        return new Terms(
                free.maximum(bounded),
                ratio,
                clipped.and(gains.not()).toFloat(),
                clipped.and(gains).toFloat(),
                ratios.clamped());
    }
}
