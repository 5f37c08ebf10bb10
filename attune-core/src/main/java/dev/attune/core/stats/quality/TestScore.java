package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import java.util.List;

/**
 * The score of a labeler on test questions.
 *
 * @param questions answered, a question under each criterion counting once
 * @param right of the pairs of completions that the known answers put in strict order, the share that the labeler
 *     ordered the same way; a tie and a completion that was left out are not right. The interval is Wilson's, as if
 *     pairs were independent
 */
public record TestScore(String labeler, int questions, Estimate right) {
    /** Pairs of test questions in one ranking. */
    record Marks(int right, int pairs) {
        static Marks of(RankMatrix ranks, KnownAnswer known) {
            int right = 0;
            int pairs = 0;
            List<List<Integer>> order = known.order();
            for (int better = 0; better < order.size(); better++) {
                for (int worse = better + 1; worse < order.size(); worse++) {
                    for (int first : order.get(better)) {
                        for (int second : order.get(worse)) {
                            pairs++;
                            right += ranks.ranksBoth(first, second) && ranks.sign(first, second) > 0 ? 1 : 0;
                        }
                    }
                }
            }
            return new Marks(right, pairs);
        }

        Marks plus(Marks other) {
            return new Marks(right + other.right, pairs + other.pairs);
        }
    }

    static TestScore of(String labeler, List<Marks> marks) {
        Marks sum = marks.stream().reduce(new Marks(0, 0), Marks::plus);
        return new TestScore(labeler, marks.size(), Wilson.share(sum.right(), sum.pairs()));
    }
}
