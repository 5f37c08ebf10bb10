package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole rankings under the Plackett-Luce model: completions are picked one after the other, each with a probability
 * proportional to exp(score) among the remaining ones. The likelihood covers only the ranked prefix: completions that the labeler left out are below all ranked ones, in no order, so they are in every denominator and never picked.
 *
 * <p>A tied group is a set: each of its members is picked from the completions that remain when the group begins (Breslow's form for ties): for each group G with the remaining completions L, itself included,
 *
 * <pre>
 *   - log p(G) = |G| log sum_{j in L} exp(s_j) - sum_{i in G} s_i
 * </pre>
 *
 * A group with nothing below it has no term, so a ranking that is a single tie has the loss 0. With two
 * completions and no tie this is Bradley-Terry.
 */
public final class PlackettLuceLoss {
    private PlackettLuceLoss() {}

    /**
     * The negative log-likelihood of one ranking.
     *
     * @param scores {@code [completions]}
     * @param order groups of indices into the scores, best first
     * @param unranked indices below all groups, in no order
     * @return rank 0
     */
    public static Tensor loss(Tensor scores, List<List<Integer>> order, List<Integer> unranked) {
        Tensor total = Tensor.scalar(0);
        List<Integer> left = new ArrayList<>(unranked);
        for (int group = order.size() - 1; group >= 0; group--) {
            List<Integer> members = order.get(group);
            boolean last = left.isEmpty();
            left.addAll(members);
            if (!last) {
                Tensor among = pick(scores, left).logSumExp(0).times(members.size());
                total = total.plus(among.minus(pick(scores, members).sum()));
            }
        }
        return total;
    }

    /** The number of picks in a ranking's likelihood, by which a mean over picks divides. */
    public static int picks(List<List<Integer>> order, List<Integer> unranked) {
        int picks = 0;
        for (int group = 0; group < order.size(); group++) {
            boolean last = group == order.size() - 1 && unranked.isEmpty();
            picks += last ? 0 : order.get(group).size();
        }
        return picks;
    }

    private static Tensor pick(Tensor scores, List<Integer> places) {
        int[] index = places.stream().mapToInt(Integer::intValue).toArray();
        return scores.indexSelect(0, Tensor.of(index, index.length));
    }
}
