package dev.attune.core.stats.quality;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Figures that follow from sums over tasks, with percentile intervals from drawing tasks with replacement. Rankings of one
 * task are not independent of each other; tasks are. What each task adds is computed once, so that a draw only adds up.
 */
final class TaskBootstrap {
    private static final int RESAMPLES = 1000;

    /** The same data show the same intervals. */
    private static final long SEED = 20;

    private TaskBootstrap() {}

    /** Of the tasks' summands; none where the figure is not a number. */
    static Optional<Estimate> estimate(List<double[]> tasks, ToDoubleFunction<double[]> figure) {
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        double[] sums = new double[tasks.get(0).length];
        tasks.forEach(task -> add(sums, task));
        double value = figure.applyAsDouble(sums);
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        double[][] summands = tasks.toArray(double[][]::new);
        Interval interval = Bootstrap.interval(
                summands.length, drawn -> figure.applyAsDouble(sum(summands, drawn)), Interval.LEVEL, RESAMPLES, SEED);
        return Optional.of(new Estimate(value, interval, summands.length));
    }

    private static double[] sum(double[][] summands, int[] drawn) {
        double[] sums = new double[summands[0].length];
        for (int index : drawn) {
            add(sums, summands[index]);
        }
        return sums;
    }

    private static void add(double[] sums, double[] summand) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += summand[i];
        }
    }
}
