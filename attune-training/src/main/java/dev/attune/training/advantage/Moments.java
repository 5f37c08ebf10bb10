package dev.attune.training.advantage;

import java.util.List;

/**
 * Mean and biased variance over the values of ragged rows.
 *
 * @param count number of values
 * @param mean 0 if there were none
 * @param variance sum (x - mean)^2 / count; 0 if there were none
 * @param minimum the smallest value; 0 if there were none
 */
public record Moments(long count, double mean, double variance, double minimum) {
    public static Moments of(List<float[]> rows) {
        long count = 0;
        double sum = 0;
        double minimum = Double.POSITIVE_INFINITY;
        for (float[] row : rows) {
            for (float value : row) {
                sum += value;
                minimum = Math.min(minimum, value);
            }
            count += row.length;
        }
        if (count == 0) {
            return new Moments(0, 0, 0, 0);
        }
        double mean = sum / count;
        return new Moments(count, mean, squares(rows, mean) / count, minimum);
    }

    public static Moments of(float[] values) {
        return of(List.of(values));
    }

    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    private static double squares(List<float[]> rows, double mean) {
        double sum = 0;
        for (float[] row : rows) {
            for (float value : row) {
                sum += (value - mean) * (value - mean);
            }
        }
        return sum;
    }
}
