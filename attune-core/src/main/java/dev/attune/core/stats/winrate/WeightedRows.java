package dev.attune.core.stats.winrate;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows of a logistic regression.
 *
 * @param x {@code x[row][feature]}
 * @param y the shares to predict, in [0, 1]
 * @param weights above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record WeightedRows(double[][] x, double[] y, double[] weights) {
    int count() {
        return y.length;
    }

    int features() {
        return x[0].length;
    }

    WeightedRows where(IntPredicate condition) {
        int[] kept = IntStream.range(0, y.length).filter(condition).toArray();
        return new WeightedRows(
                Arrays.stream(kept).mapToObj(row -> x[row]).toArray(double[][]::new),
                Arrays.stream(kept).mapToDouble(row -> y[row]).toArray(),
                Arrays.stream(kept).mapToDouble(row -> weights[row]).toArray());
    }

    /** The weighted sum of a row's features. */
    double logit(int row, double[] coefficients) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * x[row][i];
        }
        return sum;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
