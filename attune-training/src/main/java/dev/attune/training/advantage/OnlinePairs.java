package dev.attune.training.advantage;

import java.util.List;

/**
 * The gradient of DPO on the best and the worst completion of each group, as advantages (online DPO, arXiv 2402.04792).
 * With d the difference of their log pi - log pi_ref, summed over tokens, DPO's loss and its slopes are
 *
 * <pre>
 *   L = - log sigma(beta d),   dL / dlog pi(best) = - beta sigma(- beta d) = - dL / dlog pi(worst)
 * </pre>
 *
 * so the terms - A log pi, summed over the tokens of a completion, with A = G beta sigma(- beta d) for the best, - A for the
 * worst and 0 for the others of a group of G, have in the mean over completions the gradient of the mean of L over groups.
 * That holds while the policy is the one that sampled: for one update.
 */
public record OnlinePairs(double beta) {
    /**
     * The pairs of a batch.
     *
     * @param advantages one per completion; all 0 in a group whose rewards do not differ
     * @param loss the mean of L over groups with a pair; NaN without any
     * @param margin the mean of beta d over them
     * @param accuracy the share of them with d above 0
     * @param groupsWithoutPair their rewards do not differ, or fewer than two are present
     */
    public record Pairs(double[] advantages, double loss, double margin, double accuracy, int groupsWithoutPair) {}

    /** @param logRatios log pi - log pi_ref of each completion */
    public Pairs of(GroupedRewards rewards, double[] logRatios) {
        double[] sums = rewards.sums();
        double[] advantages = new double[sums.length];
        double loss = 0;
        double margin = 0;
        int right = 0;
        int pairs = 0;
        for (List<Integer> group : rewards.members()) {
            if (!Sample.of(sums, group).differs()) {
                continue;
            }
            int best = Groups.largest(sums, group);
            int worst = Groups.smallest(sums, group);
            double logit = beta * (logRatios[best] - logRatios[worst]);
            double slope = group.size() * beta / (1 + Math.exp(logit));
            advantages[best] = slope;
            advantages[worst] = -slope;
            loss += softplus(-logit);
            margin += logit;
            right += logit > 0 ? 1 : 0;
            pairs++;
        }
        return new Pairs(
                advantages,
                loss / pairs,
                margin / pairs,
                (double) right / pairs,
                rewards.members().size() - pairs);
    }

    /** log(1 + exp(x)) without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
