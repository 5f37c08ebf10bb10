package dev.attune.core.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calibration of predicted probabilities.
 *
 * @param bins of equal width over [0, 1]; empty ones are left out
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
    public record Bin(double low, double high, long count, double predicted, double observed) {}

    /**
     * Compares predictions with outcomes.
     *
     * @param outcomes 1 if it happened, 0 if not, or a probability between
     */
    public static Calibration of(double[] predictions, double[] outcomes, int binCount) {
        if (predictions.length != outcomes.length || predictions.length == 0) {
            throw new IllegalArgumentException(predictions.length + " predictions, " + outcomes.length + " outcomes");
        }
        long[] counts = new long[binCount];
        double[] predicted = new double[binCount];
        double[] observed = new double[binCount];
        double squares = 0;
        for (int i = 0; i < predictions.length; i++) {
            int bin = Math.min(binCount - 1, (int) (predictions[i] * binCount));
            counts[bin]++;
            predicted[bin] += predictions[i];
            observed[bin] += outcomes[i];
            squares += (predictions[i] - outcomes[i]) * (predictions[i] - outcomes[i]);
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < binCount; bin++) {
            if (counts[bin] > 0) {
                double low = (double) bin / binCount;
                double high = (double) (bin + 1) / binCount;
                double mean = predicted[bin] / counts[bin];
                double share = observed[bin] / counts[bin];
                bins.add(new Bin(low, high, counts[bin], mean, share));
                error += counts[bin] * Math.abs(mean - share) / predictions.length;
            }
        }
        return new Calibration(List.copyOf(bins), error, squares / predictions.length);
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
}
