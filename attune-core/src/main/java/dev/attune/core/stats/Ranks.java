package dev.attune.core.stats;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/** Ranks from 1, lowest first; equal values share the mean of their ranks. */
public final class Ranks {
    private Ranks() {}

    /** The rank of each value. */
    public static double[] of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values)
                .map(value -> {
                    int below = before(sorted, other -> other >= value);
                    int notAbove = before(sorted, other -> other > value);
                    return (below + 1 + notAbove) / 2.0;
                })
                .toArray();
    }

    /** The number of values before the first one that passes; all later ones pass too. */
    private static int before(double[] sorted, DoublePredicate passes) {
        int from = 0;
        for (int to = sorted.length; from < to; ) {
            int middle = (from + to) / 2;
            if (passes.test(sorted[middle])) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
