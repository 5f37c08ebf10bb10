package dev.attune.training.advantage;

import java.util.List;

/**
 * Scales the real tokens of a batch of rollouts to variance 1, and with a mean shift to mean 0. The ragged arrays
 * contain only real tokens, so padding neither enters the statistics nor gets values other than zero.
 *
 * <p>The variance is the biased one, sum (x - mean)^2 / n, as in the summarize-from-feedback reproduction; verl and
 * torchtune divide by n - 1. The reference implementations add 1e-8 to the variance, and so does this: a constant batch
 * becomes 0 (with shift) or stays as it is (without), never NaN.
 */
public final class Whitening {
    private static final double EPSILON = 1e-8;

    private Whitening() {}

    /** (x - mean) / sqrt(variance + 1e-8): for advantages. */
    public static List<float[]> shifted(List<float[]> rows) {
        return whiten(rows, true);
    }

    /** (x - mean) / sqrt(variance + 1e-8) + mean: for rewards, whose sign carries meaning. */
    public static List<float[]> unshifted(List<float[]> rows) {
        return whiten(rows, false);
    }

    private static List<float[]> whiten(List<float[]> rows, boolean shift) {
        Moments moments = Moments.of(rows);
        double scale = 1 / Math.sqrt(moments.variance() + EPSILON);
        double back = shift ? 0 : moments.mean();
        return rows.stream().map(row -> apply(row, moments.mean(), scale, back)).toList();
    }

    private static float[] apply(float[] row, double mean, double scale, double back) {
        float[] result = new float[row.length];
        for (int t = 0; t < row.length; t++) {
            result[t] = (float) ((row[t] - mean) * scale + back);
        }
        return result;
    }
}
