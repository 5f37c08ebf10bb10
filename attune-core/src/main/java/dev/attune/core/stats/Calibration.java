package dev.attune.core.stats;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calibration of predicted probabilities.
 *
 * @param bins of predictions, ascending; empty ones are left out
 * @param expectedError the mean over items of |mean prediction - observed share| of their bin (ECE, Guo and others
 *     2017)
 * @param brier the mean squared error of the predictions
 */
public record Calibration(List<Bin> bins, double expectedError, double brier) {
    /**
     * Items with a prediction between two bounds.
     *
     * @param predicted the mean prediction
     * @param observed the observed share
     */
    public record Bin(double low, double high, long count, double predicted, double observed) {
        /** |mean prediction - observed share|. */
        public double gap() {
            return Math.abs(predicted - observed);
        }
    }

    /**
     * Compares predictions with outcomes in bins (low, high] of equal width, the first of which also has 0.
     *
     * @param predictions in [0, 1], at least one
     * @param outcomes 1 if it happened, 0 if not, or a probability between
     */
    public static Calibration of(double[] predictions, double[] outcomes, int binCount) {
        return of(predictions, outcomes, EqualWidthBins.closedAbove(binCount));
    }

    /** Compares predictions with outcomes in bins of equal width. */
    public static Calibration of(double[] predictions, double[] outcomes, EqualWidthBins widths) {
        require(predictions, outcomes);
        BinSums[] sums = new BinSums[widths.count()];
        Arrays.setAll(sums, bin -> new BinSums());
        for (int i = 0; i < predictions.length; i++) {
            sums[widths.indexOf(predictions[i])].add(predictions[i], outcomes[i]);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < sums.length; bin++) {
            if (sums[bin].count() > 0) {
                bins.add(sums[bin].bin(widths.edge(bin), widths.edge(bin + 1)));
            }
        }
        return of(bins, predictions, outcomes);
    }

    /**
     * Compares predictions with outcomes in bins of equal counts: ascending by prediction, {@code perBin} items each, the
     * last one with what is left over. Equal predictions are never parted, so that the order of rows does not matter; a
     * bin grows by them.
     */
    public static Calibration ofEqualCounts(double[] predictions, double[] outcomes, int perBin) {
        require(predictions, outcomes);
        Integer[] order = new Integer[predictions.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(predictions[i], predictions[j]));
        List<Bin> bins = new ArrayList<>();
        for (int start = 0; start < order.length; ) {
            BinSums sums = new BinSums();
            int end = start;
            while (end < order.length
                    && (end < start + perBin || predictions[order[end]] == predictions[order[end - 1]])) {
                sums.add(predictions[order[end]], outcomes[order[end]]);
                end++;
            }
            bins.add(sums.bin(predictions[order[start]], predictions[order[end - 1]]));
            start = end;
        }
        return of(bins, predictions, outcomes);
    }

    /**
     * The calibration of yes-or-no answers: the confidence is max(p, 1 - p), the answer is yes from p = 0.5, and the
     * outcome is whether the answer was right.
     *
     * @param labels 1 for yes, 0 for no
     */
    public static Calibration ofAnswers(double[] predictions, double[] labels, int binCount) {
        double[] confidence =
                Arrays.stream(predictions).map(p -> Math.max(p, 1 - p)).toArray();
        double[] right = new double[labels.length];
        Arrays.setAll(right, i -> predictions[i] >= 0.5 ? labels[i] : 1 - labels[i]);
        return of(confidence, right, binCount);
    }

    /**
     * The calibration of a reward model: margins of chosen over rejected become probabilities, and each pair counts in
     * both directions, since the order of the two answers is not an outcome.
     *
     * @param probabilities that chosen is better, as labelled: 1 unless soft
     */
    public static Calibration ofMargins(double[] margins, double[] probabilities, int binCount) {
        int n = margins.length;
        double[] predictions = new double[2 * n];
        double[] outcomes = new double[2 * n];
        for (int i = 0; i < n; i++) {
            predictions[i] = 1 / (1 + Math.exp(-margins[i]));
            predictions[n + i] = 1 - predictions[i];
            outcomes[i] = probabilities[i];
            outcomes[n + i] = 1 - probabilities[i];
        }
        return of(predictions, outcomes, binCount);
    }

    /** A copy with every margin certain to be labelled right. */
    public static Calibration ofMargins(double[] margins, int binCount) {
        double[] certain = new double[margins.length];
        Arrays.fill(certain, 1);
        return ofMargins(margins, certain, binCount);
    }

    /** The largest |mean prediction - observed share| of a bin (MCE). */
    public double largestError() {
        return bins.stream().mapToDouble(Bin::gap).max().orElseThrow();
    }

    private static Calibration of(List<Bin> bins, double[] predictions, double[] outcomes) {
        double error = 0;
        for (Bin bin : bins) {
            error += bin.count() * bin.gap() / predictions.length;
        }
        double squares = 0;
        for (int i = 0; i < predictions.length; i++) {
            squares += (predictions[i] - outcomes[i]) * (predictions[i] - outcomes[i]);
        }
        return new Calibration(List.copyOf(bins), error, squares / predictions.length);
    }

    private static void require(double[] predictions, double[] outcomes) {
        if (predictions.length != outcomes.length) {
            throw new IllegalArgumentException(predictions.length + " predictions, " + outcomes.length + " outcomes");
        }
        if (predictions.length == 0) {
            throw BadInputException.at("calibration", "no predictions", "at least one", "leave the figure out");
        }
        for (double prediction : predictions) {
            if (!(prediction >= 0 && prediction <= 1)) {
                throw BadInputException.at(
                        "calibration",
                        "the prediction " + prediction,
                        "probabilities in [0, 1]",
                        "leave out items without a stated probability and divide percentages by 100");
            }
        }
    }
}
