package dev.attune.core.stats.quality;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Figures that are functions of sums over tasks, with percentile intervals from resampling tasks with replacement.
 * Rankings of one task are not independent of each other; tasks are. The summands of each task are computed once, so
 * that a resample only adds them up.
 */
final class TaskBootstrap {
    private static final int RESAMPLES = 1000;

    /** A fixed seed: the same data give the same intervals. */
    private static final long SEED = 20;

    private TaskBootstrap() {}

    /** The estimate from the tasks' summands; empty if the figure is NaN. */
    static Optional<Estimate> estimate(List<double[]> tasks, ToDoubleFunction<double[]> figure) {
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        double[][] summands = tasks.stream().sorted(Arrays::compare).toArray(double[][]::new);
        double value = figure.applyAsDouble(
                sum(summands, IntStream.range(0, summands.length).toArray()));
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        Interval interval = Bootstrap.interval(
                summands.length,
                indices -> figure.applyAsDouble(sum(summands, indices)),
                Interval.LEVEL,
                RESAMPLES,
                SEED);
        return Optional.of(new Estimate(value, interval, summands.length));
    }

    private static double[] sum(double[][] summands, int[] indices) {
        double[] sums = new double[summands[0].length];
        for (int index : indices) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += summands[index][i];
            }
        }
        return sums;
    }
}
