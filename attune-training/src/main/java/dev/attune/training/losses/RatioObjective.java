package dev.attune.training.losses;

/**
 * The policy gradient with importance ratios and without a bound, L_t = - r_t A_t: REINFORCE where pi = pi_old, since the
 * gradient of r_t is then that of log pi.
 *
 * @param level of the ratio r
 */
public record RatioObjective(RatioLevel level) implements PolicyObjective {
    @Override
    public Terms terms(PolicyTokens tokens) {
        RatioLevel.Ratios ratios = level.of(tokens);
        return Terms.unclipped(tokens.costs().times(ratios.perToken()), ratios);
    }
}
