package dev.attune.core.hacking;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Summary;
import dev.attune.core.stats.Wilson;
import java.util.SplittableRandom;

/**
 * How stop rules fare on simulated runs. The watched score is its true course plus independent normal noise of deviation 1;
 * the optimised score rises all the time, which is when a rule is quickest. The same seed gives the same runs.
 *
 * @param window of the rules
 * @param evaluations in a run
 * @param runs that are simulated
 */
public record StopSimulation(int window, int evaluations, int runs, long seed) {
    /** The threshold that stops this share of the runs whose watched score never falls: a plateau throughout. */
    public double threshold(double share) {
        return Summary.quantile(greatestDrops(0), 1 - share);
    }

    /** The share of plateaus that are stopped at a threshold. */
    public Estimate falsePositives(double threshold) {
        return power(threshold, 0);
    }

    /**
     * The share of runs that are stopped where the watched score is level for half of the run and then falls evenly.
     *
     * @param fall by the end of the run, in deviations of the noise
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
        double[] watched = new double[evaluations];
        double[] greatest = new double[runs];
        int half = evaluations / 2;
        for (int run = 0; run < runs; run++) {
            for (int t = 0; t < evaluations; t++) {
                optimised[t] = t;
                double share = t < half ? 0 : (t - half + 1.0) / (evaluations - half);
                watched[t] = random.nextGaussian() - fall * share;
            }
            greatest[run] = rule.judge(optimised, watched).greatest();
        }
        return greatest;
    }
}
