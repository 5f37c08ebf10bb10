package dev.attune.core.stats.rating;

import dev.attune.core.error.BadInputException;
import java.util.List;

/**
 * Strengths from paired comparisons: P(i beats j) = 1 / (1 + exp(s_j - s_i)) (Bradley and Terry 1952). They maximise
 * the sum over i and j of W[i][j] log P(i beats j), by Newton's method with halved steps.
 *
 * @param strengths natural logs, with mean 0
 * @param errors Wald's standard errors of the strengths: the roots of the diagonal of the inverse of the Fisher
 *     information, within the strengths of mean 0. Half wins count as wins, which makes them too wide with ties; a
 *     bootstrap is not
 * @param logLikelihood the maximum, without constants
 * @param iterations used
 */
@SuppressWarnings("ArrayRecordComponent")
public record BradleyTerryFit(double[] strengths, double[] errors, double logLikelihood, int iterations) {
    private static final int MAX_ITERATIONS = 1000;

    /** The last step's size; Newton's method leaves an error of about its square. */
    private static final double TOLERANCE = 1e-8;

    /** Fits without a prior: a player that won or lost every game has no finite strength and is refused. */
    public static BradleyTerryFit fit(double[][] wins) {
        return fit(wins, 0);
    }

    /**
     * Fits the strengths.
     *
     * @param wins {@code wins[i][j]}: how often i beat j; a tie is half a win for both; the diagonal is ignored
     * @param prior number of drawn games to add to each pair; any value above 0 makes all strengths finite
     */
    public static BradleyTerryFit fit(double[][] wins, double prior) {
        if (!(prior >= 0)) {
            throw new IllegalArgumentException("a prior of " + prior + " drawn games");
        }
        BattleLikelihood likelihood = new BattleLikelihood(wins, prior);
        requireConnected(likelihood.wins());
        double[] strengths = new double[wins.length];
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            double[] step = likelihood.newtonStep(strengths);
            double largest = 0;
            for (double change : step) {
                largest = Math.max(largest, Math.abs(change));
            }
            strengths = likelihood.improve(strengths, step);
            if (largest < TOLERANCE) {
                return new BradleyTerryFit(
                        strengths, likelihood.errors(strengths), likelihood.value(strengths), iteration);
            }
        }
        throw new IllegalStateException("the strengths did not converge in " + MAX_ITERATIONS + " iterations");
    }

    /** The probability that i beats j. */
    public double probability(int i, int j) {
        return 1 / (1 + Math.exp(strengths[j] - strengths[i]));
    }

    private static void requireConnected(double[][] wins) {
        List<int[]> leagues = new WinGraph(wins).leagues();
        if (leagues.size() > 1) {
            WinGraph graph = new WinGraph(wins);
            int a = leagues.get(0)[0];
            int b = leagues.get(1)[0];
            int from = graph.reaches(a, b) ? b : a;
            throw BadInputException.at(
                    "Bradley-Terry",
                    "no chain of wins from player " + from + " to player " + (from == a ? b : a),
                    "one from each player to every other",
                    "without a prior some strengths are not finite: add drawn games, or rate the players apart");
        }
    }
}
