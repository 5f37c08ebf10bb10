package dev.attune.core.hacking;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Summary;
import dev.attune.core.stats.Wilson;
import java.util.SplittableRandom;

/**
 * Measures stop rules on simulated runs. The gold score is its true course plus independent normal noise of standard
 * deviation 1; the optimised score rises all the time, so that the rule can always fire. The same seed gives the same
 * runs.
 *
 * @param window of the rules
 * @param evaluations in a run
 * @param runs that are simulated
 */
public record StopSimulation(int window, int evaluations, int runs, long seed) {
    /** The threshold that stops this share of the runs whose gold score is a plateau throughout. */
    public double threshold(double share) {
        return Summary.quantile(greatestDrops(0), 1 - share);
    }

    /** The share of plateaus that are stopped at a threshold. */
    public Estimate falsePositives(double threshold) {
        return power(threshold, 0);
    }

    /**
     * The share of runs that are stopped if the gold score is constant for half of the run and then falls linearly.
     *
     * @param fall by the end of the run, in standard deviations of the noise
     */
    public Estimate power(double threshold, double fall) {
        int stopped = 0;
        for (double drop : greatestDrops(fall)) {
            stopped += drop > threshold ? 1 : 0;
        }
        return Wilson.share(stopped, runs);
    }

    private double[] greatestDrops(double fall) {
        StopRule rule = new StopRule(window, 0);
        SplittableRandom random = new SplittableRandom(seed);
        double[] optimised = new double[evaluations];
        double[] gold = new double[evaluations];
        double[] greatest = new double[runs];
        int half = evaluations / 2;
        for (int run = 0; run < runs; run++) {
            for (int t = 0; t < evaluations; t++) {
                optimised[t] = t;
                double share = t < half ? 0 : (t - half + 1.0) / (evaluations - half);
                gold[t] = random.nextGaussian() - fall * share;
            }
            greatest[run] = rule.judge(optimised, gold).greatest();
        }
        return greatest;
    }
}
