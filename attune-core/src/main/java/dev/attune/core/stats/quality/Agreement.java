package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Kendall;
import dev.attune.core.stats.Krippendorff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much the labelers of one criterion agree. Each figure has a bootstrap interval over tasks, and is empty if no
 * task determines it.
 *
 * @param comparisons how often two labelers judged the same pair of completions
 * @param alpha Krippendorff's, nominal. Its units are pairs of completions, its values "the one whose text sorts first
 *     is better", "the other one is" and "tie". Ranks are not on a scale that tasks share (the third of three is not
 *     the third of ten), so an ordinal alpha over them would measure how many completions tasks have
 * @param concordance the mean of Kendall's W over the tasks that each of their two or more labelers ranked in full; W
 *     of random rankings is about 1 / labelers and not 0
 * @param agreement the share of comparisons in which both gave the same verdict
 */
public record Agreement(
        String criterion,
        int rankings,
        int labelers,
        long comparisons,
        Optional<Estimate> alpha,
        Optional<Estimate> concordance,
        Optional<Estimate> agreement) {
    private static final double[] SIGNS = {-1, 0, 1};

    /**
     * The agreement for each criterion, in the order in which they first appear.
     *
     * @param rankings the newest of each labeler, task and criterion
     * @param known test questions, which are left out
     */
    public static List<Agreement> of(List<GivenRanking> rankings, List<KnownAnswer> known) {
        return of(TaskRankings.byCriterion(new TestAnswers(known).others(rankings)));
    }

    static List<Agreement> of(Map<String, List<TaskRankings>> byCriterion) {
        return byCriterion.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The agreement of the rankings under one criterion, by task. */
    private static Agreement of(String criterion, List<TaskRankings> tasks) {
        List<double[]> coincidences = new ArrayList<>();
        List<double[]> comparisons = new ArrayList<>();
        List<double[]> concordances = new ArrayList<>();
        long compared = 0;
        for (TaskRankings task : tasks) {
            PairCounts counts = PairCounts.of(task);
            compared += counts.comparisons();
            if (counts.comparisons() > 0) {
                coincidences.add(counts.coincidences());
                comparisons.add(new double[] {counts.same(), counts.comparisons()});
            }
            double w = w(task);
            if (!Double.isNaN(w)) {
                concordances.add(new double[] {w, 1});
            }
        }
        return new Agreement(
                criterion,
                tasks.stream().mapToInt(task -> task.rankMatrices().size()).sum(),
                TaskRankings.labelers(tasks).size(),
                compared,
                TaskBootstrap.estimate(coincidences, Agreement::alpha),
                TaskBootstrap.estimate(concordances, sums -> sums[0] / sums[1]),
                TaskBootstrap.estimate(comparisons, sums -> sums[0] / sums[1]));
    }

    private static double alpha(double[] coincidences) {
        double[][] table = new double[SIGNS.length][SIGNS.length];
        for (int i = 0; i < coincidences.length; i++) {
            table[i / SIGNS.length][i % SIGNS.length] = coincidences[i];
        }
        return Krippendorff.alpha(SIGNS, table, Krippendorff.Metric.NOMINAL);
    }

    /** Kendall's W of a task; NaN unless two or more labelers ranked all of its completions. */
    private static double w(TaskRankings task) {
        boolean determined = task.several() && task.rankMatrices().stream().allMatch(RankMatrix::ranksAll);
        return determined
                ? Kendall.w(task.rankMatrices().stream()
                        .map(RankMatrix::placesOfAll)
                        .toArray(double[][]::new))
                : Double.NaN;
    }
}
