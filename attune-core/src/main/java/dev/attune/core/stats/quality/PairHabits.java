package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import java.util.Collection;
import java.util.Optional;

/**
 * How often the longer and the earlier answer win, and how often answers are tied. The intervals are Wilson's, as if
 * pairs were independent; pairs of one ranking are not quite independent, so the true intervals are a little wider.
 *
 * @param longer of the pairs in strict order whose texts differ in length, the share in which the longer one won: a
 *     bias, or longer answers are better
 * @param earlier of the pairs in strict order whose display order is known, the share in which the answer shown earlier
 *     won; every labeler sees a random order, so that it is 0.5 without a bias
 * @param tied the share of all pairs that were tied; NaN if there are no pairs
 */
public record PairHabits(Optional<Estimate> longer, Optional<Estimate> earlier, double tied) {
    static PairHabits of(Collection<RankMatrix> rankMatrices) {
        Count count = new Count();
        rankMatrices.forEach(count::add);
        return new PairHabits(
                share(count.longerWins, count.longer),
                share(count.earlierWins, count.placed),
                (double) count.tied / (count.tied + count.strict));
    }

    private static Optional<Estimate> share(long wins, long count) {
        return count == 0 ? Optional.empty() : Optional.of(Wilson.share((double) wins, count));
    }

    private static final class Count {
        private long strict;
        private long tied;
        private long longer;
        private long longerWins;
        private long placed;
        private long earlierWins;

        private void add(RankMatrix ranks) {
            for (int i = 0; i < ranks.size(); i++) {
                for (int j = i + 1; j < ranks.size(); j++) {
                    if (ranks.ranksBoth(i, j)) {
                        add(ranks, i, j);
                    }
                }
            }
        }

        private void add(RankMatrix ranks, int i, int j) {
            int sign = ranks.sign(i, j);
            if (sign == 0) {
                tied++;
                return;
            }
            int better = sign > 0 ? i : j;
            int worse = sign > 0 ? j : i;
            strict++;
            int earlier = ranks.earlier(better, worse);
            placed += Math.abs(earlier);
            earlierWins += earlier > 0 ? 1 : 0;
            longer += ranks.length(better) != ranks.length(worse) ? 1 : 0;
            longerWins += ranks.length(better) > ranks.length(worse) ? 1 : 0;
        }
    }
}
