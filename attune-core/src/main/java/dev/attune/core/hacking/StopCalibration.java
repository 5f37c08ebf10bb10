package dev.attune.core.hacking;

import dev.attune.core.stats.Estimate;

/**
 * A stop rule for runs of one length, with its rate of false positives and its power. At a fixed threshold a longer run
 * is more likely to be stopped without reason, so the threshold is the one that stops {@link #RATE} of simulated
 * plateaus; the rates stated here are measured on other simulated runs than those that set it.
 *
 * @param falsePositives the share of runs that are stopped although the gold score only fluctuates
 * @param power the share of runs that are stopped if the score falls by {@link #FALL} standard deviations of the noise
 *     in the second half
 */
public record StopCalibration(StopRule rule, int evaluations, Estimate falsePositives, Estimate power) {
    /** The accepted share of plateaus that are stopped. */
    public static final double RATE = 0.05;

    public static final double FALL = 3;

    /** Number of scores in a running mean. */
    public static final int WINDOW = 5;

    /** With fewer evaluations the rule never fires. */
    public static final int MIN_EVALUATIONS = 2 * WINDOW;

    private static final int RUNS = 10_000;

    /** The rule for runs with this number of evaluations; the same at each call. */
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
