package dev.attune.training.advantage;

import java.util.List;

/**
 * Mean and sample standard deviation of the values that are present.
 *
 * @param count values that are not NaN
 * @param mean NaN if there are none
 * @param deviation sqrt(sum (x - mean)^2 / (count - 1)): exactly 0 if all are equal, NaN for fewer than 2
 * @param differs whether two values are unequal, by exact comparison
 */
record Sample(int count, double mean, double deviation, boolean differs) {
    /** The values at some positions. */
    static Sample of(double[] values, List<Integer> positions) {
        return of(positions.stream().mapToDouble(i -> values[i]).toArray());
    }

    static Sample of(double[] values) {
        int count = 0;
        double sum = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                count++;
                sum += value;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (count == 0) {
            return new Sample(0, Double.NaN, Double.NaN, false);
        }
        if (low == high) {
            return new Sample(count, low, count == 1 ? Double.NaN : 0, false);
        }
        double mean = sum / count;
        return new Sample(count, mean, Math.sqrt(squares(values, mean) / (count - 1)), true);
    }

    private static double squares(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        return sum;
    }
}
