package dev.attune.core.stats;

import java.util.Arrays;

/** Kendall's measures of how alike rankings are. */
public final class Kendall {
    private Kendall() {}

    /**
     * Tau-b between two rankings or scorings of the same items, ties allowed; in [-1, 1]. NaN if one of them ties
     * everything.
     */
    public static double tau(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " items against " + b.length);
        }
        long agreement = 0;
        long orderedByA = 0;
        long orderedByB = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = i + 1; j < a.length; j++) {
                int signA = (int) Math.signum(a[i] - a[j]);
                int signB = (int) Math.signum(b[i] - b[j]);
                agreement += (long) signA * signB;
                orderedByA += Math.abs(signA);
                orderedByB += Math.abs(signB);
            }
        }
        return agreement / Math.sqrt((double) orderedByA * orderedByB);
    }

    /**
     * The coefficient of concordance W of several rankings of the same items, corrected for ties; in [0, 1]. NaN if
     * each of them ties everything.
     *
     * @param scores {@code scores[rater][item]}: ranks or scores; only their order counts
     */
    public static double w(double[][] scores) {
        int raters = scores.length;
        int items = scores[0].length;
        double[] sums = new double[items];
        double ties = 0;
        for (double[] rater : scores) {
            double[] ranks = Ranks.of(rater);
            ties += tieCorrection(rater);
            for (int i = 0; i < items; i++) {
                sums[i] += ranks[i];
            }
        }
        double mean = raters * (items + 1) / 2.0;
        double squares =
                Arrays.stream(sums).map(sum -> (sum - mean) * (sum - mean)).sum();
        double cube = (double) items * items * items - items;
        return 12 * squares / ((double) raters * raters * cube - raters * ties);
    }

    /** The sum of t^3 - t over groups of t tied items. */
    public static double tieCorrection(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int start = 0; start < sorted.length; ) {
            int end = start;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            double tied = end - start;
            sum += tied * tied * tied - tied;
            start = end;
        }
        return sum;
    }
}
