package dev.attune.training.losses;

/**
 * The likelihood of the completions, each times its advantage: L_t = - A_t log pi(a_t|s_t). With advantages of 1 and 0 it is
 * supervised fine-tuning on the chosen completions; there is no ratio, so nothing is clipped.
 */
public record LikelihoodObjective() implements PolicyObjective {
    @Override
    public Terms terms(PolicyTokens tokens) {
        return Terms.unclipped(tokens.costs().times(tokens.logProbabilities()), level().of(tokens));
    }

    @Override
    public RatioLevel level() {
        return RatioLevel.TOKEN;
    }
}
