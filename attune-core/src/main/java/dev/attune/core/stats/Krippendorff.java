package dev.attune.core.stats;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Krippendorff's alpha: agreement of any number of raters, with missing values, corrected for chance. 1 is perfect
 * agreement, 0 the agreement expected by chance. Follows "Computing Krippendorff's Alpha-Reliability" (2011).
 */
public final class Krippendorff {
    /** The distance between two values. */
    public enum Metric {
        /** Equal or not. */
        NOMINAL,
        /** By the number of values between them. */
        ORDINAL,
        /** By their squared difference. */
        INTERVAL
    }

    private Krippendorff() {}

    /** Alpha, or the reason why the ratings do not determine it. */
    public static Figure figure(double[][] ratings, Metric metric) {
        int units = ratings.length == 0 ? 0 : ratings[0].length;
        boolean compared = IntStream.range(0, units)
                .anyMatch(unit -> Arrays.stream(ratings)
                                .filter(rater -> !Double.isNaN(rater[unit]))
                                .count()
                        > 1);
        return compared
                ? Figure.of(alpha(ratings, metric), "all ratings of the units with two or more ratings are equal")
                : Figure.undefined("no unit has two ratings");
    }

    /**
     * Computes alpha; NaN if no unit has two values, or if all values are equal.
     *
     * @param ratings {@code ratings[rater][unit]}, missing values as {@link Double#NaN}
     */
    public static double alpha(double[][] ratings, Metric metric) {
        double[] values = Arrays.stream(ratings)
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .map(value -> value + 0.0) // so that -0.0 and 0.0 are one value
                .distinct()
                .sorted()
                .toArray();
        return alpha(values, coincidences(ratings, values), metric);
    }

    /**
     * Alpha of coincidences that were counted before.
     *
     * @param values that occur, ascending
     * @param coincidences how often each value meets each other within a unit; a unit of m values gives each of its
     *     ordered pairs 1 / (m - 1)
     */
    public static double alpha(double[] values, double[][] coincidences, Metric metric) {
        double[] totals = Arrays.stream(coincidences)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double all = Arrays.stream(totals).sum();
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < values.length; c++) {
            for (int k = 0; k < values.length; k++) {
                double distance = distance(metric, values, totals, c, k);
                observed += coincidences[c][k] * distance;
                expected += totals[c] * totals[k] * distance;
            }
        }
        return 1 - (all - 1) * observed / expected;
    }

    /** How often value c meets value k within a unit; a unit of m values gives each ordered pair 1 / (m - 1). */
    private static double[][] coincidences(double[][] ratings, double[] values) {
        TreeMap<Double, Integer> index = new TreeMap<>();
        for (double value : values) {
            index.put(value, index.size());
        }
        double[][] counts = new double[values.length][values.length];
        for (int unit = 0; unit < ratings[0].length; unit++) {
            int column = unit;
            int[] present = Arrays.stream(ratings)
                    .mapToDouble(rater -> rater[column])
                    .filter(value -> !Double.isNaN(value))
                    .mapToInt(value -> index.getOrDefault(value + 0.0, -1))
                    .toArray();
            for (int i = 0; i < present.length; i++) {
                for (int j = 0; j < present.length; j++) {
                    if (i != j) {
                        counts[present[i]][present[j]] += 1.0 / (present.length - 1);
                    }
                }
            }
        }
        return counts;
    }

    private static double distance(Metric metric, double[] values, double[] totals, int c, int k) {
        return switch (metric) {
            case NOMINAL -> c == k ? 0 : 1;
            case INTERVAL -> (values[c] - values[k]) * (values[c] - values[k]);
            case ORDINAL -> {
                double between = -(totals[c] + totals[k]) / 2;
                for (int g = Math.min(c, k); g <= Math.max(c, k); g++) {
                    between += totals[g];
                }
                yield c == k ? 0 : between * between;
            }
        };
    }
}
