package dev.attune.core.hacking;

import dev.attune.core.stats.Estimate;

/**
 * A stop rule for runs of one length, with what it can be trusted to do. At a fixed threshold a longer run has more chances
 * to be stopped for nothing, so the threshold is the one that stops {@link #RATE} of simulated plateaus; the rates stated
 * here are measured on other simulated runs than those that set it.
 *
 * @param falsePositives the share of runs that are stopped though the watched score only wavers
 * @param power the share that is stopped where the score falls by {@link #FALL} deviations of the noise in the second half
 */
public record StopCalibration(StopRule rule, int evaluations, Estimate falsePositives, Estimate power) {
    /** How many plateaus may be stopped. */
    public static final double RATE = 0.05;

    public static final double FALL = 3;

    /** How many scores a running mean is made of. */
    public static final int WINDOW = 5;

    /** With fewer evaluations the rule never speaks. */
    public static final int FEWEST = 2 * WINDOW;

    private static final int RUNS = 10_000;

    /** The rule for runs with that many evaluations, the same at each call. */
    public static StopCalibration of(int evaluations) {
        double threshold = new StopSimulation(WINDOW, evaluations, RUNS, 1).threshold(RATE);
        StopSimulation fresh = fresh(evaluations);
        return new StopCalibration(
                new StopRule(WINDOW, threshold),
                evaluations,
                fresh.falsePositives(threshold),
                fresh.power(threshold, FALL));
    }

    /** The share of plateaus that another threshold would stop. */
    public Estimate falsePositivesAt(double threshold) {
        return fresh(evaluations).falsePositives(threshold);
    }

    private static StopSimulation fresh(int evaluations) {
        return new StopSimulation(WINDOW, evaluations, RUNS, 2);
    }
}
