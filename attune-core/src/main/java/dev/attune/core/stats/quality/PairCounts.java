package dev.attune.core.stats.quality;

/**
 * Counts of how the labelers of one task agree on its pairs of completions.
 *
 * @param comparisons how often two labelers judged the same pair
 * @param same of these, how often both gave the same verdict
 * @param contradictions of these, how often they gave opposite verdicts
 * @param coincidences how often each of the values worse, tie, better meets each other, row by row, as Krippendorff
 *     counts
 */
@SuppressWarnings("ArrayRecordComponent")
record PairCounts(long comparisons, long same, long contradictions, double[] coincidences) {
    private static final int SIGNS = 3;

    static PairCounts of(TaskRankings task) {
        Sum sum = new Sum();
        task.forEachPair((first, second) -> {
            int[] votes = new int[SIGNS];
            for (RankMatrix ranks : task.rankMatrices()) {
                if (ranks.ranksBoth(first, second)) {
                    votes[ranks.sign(first, second) + 1]++;
                }
            }
            sum.add(votes);
        });
        return new PairCounts(sum.comparisons, sum.same, sum.contradictions, sum.coincidences);
    }

    private static final class Sum {
        private long comparisons;
        private long same;
        private long contradictions;
        private final double[] coincidences = new double[SIGNS * SIGNS];

        private void add(int[] votes) {
            int all = votes[0] + votes[1] + votes[2];
            if (all < 2) {
                return;
            }
            comparisons += all * (all - 1L) / 2;
            contradictions += (long) votes[0] * votes[2];
            for (int c = 0; c < SIGNS; c++) {
                same += votes[c] * (votes[c] - 1L) / 2;
                for (int k = 0; k < SIGNS; k++) {
                    int met = votes[c] * (c == k ? votes[k] - 1 : votes[k]);
                    coincidences[c * SIGNS + k] += met / (all - 1.0);
                }
            }
        }
    }
}
