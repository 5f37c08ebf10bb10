package dev.attune.core.stats;

import java.util.Arrays;

/**
 * Strengths from paired comparisons: P(i beats j) = 1 / (1 + exp(s_j - s_i)) (Bradley and Terry 1952), fitted by
 * Hunter's minorisation-maximisation (Annals of Statistics 2004, equation 3).
 *
 * @param strengths natural logs, with mean 0
 * @param iterations used
 */
@SuppressWarnings("ArrayRecordComponent")
public record BradleyTerryFit(double[] strengths, int iterations) {
    private static final int MAX_ITERATIONS = 100_000;
    private static final double TOLERANCE = 1e-10;

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
        int n = wins.length;
        double[] won = new double[n];
        double[][] games = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    won[i] += wins[i][j] + prior / 2;
                    games[i][j] = wins[i][j] + wins[j][i] + prior;
                }
            }
        }
        requireConnected(games, wins, prior);
        double[] log = new double[n];
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            double[] next = step(won, games, log);
            double change = 0;
            for (int i = 0; i < n; i++) {
                change = Math.max(change, Math.abs(next[i] - log[i]));
            }
            log = next;
            if (change < TOLERANCE) {
                return new BradleyTerryFit(log, iteration);
            }
        }
        throw new IllegalArgumentException("the strengths did not converge in " + MAX_ITERATIONS + " iterations");
    }

    /** The probability that i beats j. */
    public double probability(int i, int j) {
        return 1 / (1 + Math.exp(strengths[j] - strengths[i]));
    }

    private static double[] step(double[] won, double[][] games, double[] log) {
        double[] next = new double[log.length];
        for (int i = 0; i < log.length; i++) {
            double expected = 0;
            for (int j = 0; j < log.length; j++) {
                if (games[i][j] > 0) {
                    expected += games[i][j] / (Math.exp(log[i]) + Math.exp(log[j]));
                }
            }
            next[i] = Math.log(won[i] / expected);
        }
        double mean = Summary.mean(next);
        return Arrays.stream(next).map(value -> value - mean).toArray();
    }

    /** Every player must be reachable from every other along wins (Ford 1957); else the likelihood has no maximum. */
    private static void requireConnected(double[][] games, double[][] wins, double prior) {
        for (int start = 0; prior <= 0 && start < games.length; start++) {
            boolean[] reached = new boolean[games.length];
            reach(start, wins, reached);
            for (int player = 0; player < games.length; player++) {
                if (!reached[player]) {
                    throw new IllegalArgumentException("player " + start + " has no chain of wins to player " + player
                            + ": strengths are not finite without a prior");
                }
            }
        }
    }

    private static void reach(int player, double[][] wins, boolean[] reached) {
        reached[player] = true;
        for (int other = 0; other < wins.length; other++) {
            if (!reached[other] && wins[player][other] > 0) {
                reach(other, wins, reached);
            }
        }
    }
}
