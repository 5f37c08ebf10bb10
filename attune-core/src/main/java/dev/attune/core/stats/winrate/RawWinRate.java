package dev.attune.core.stats.winrate;

import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.Collection;

/**
 * The mean preference for a model over the items with a verdict. AlpacaEval prints 100 times these shares.
 *
 * @param rate the mean share of the win; undefined if no item has a verdict
 * @param standardError sd / sqrt(n), with n - 1 in the sd; undefined for fewer than two items
 * @param discrete wins plus half the draws, as a share
 * @param wins items whose share is above one half
 * @param losses items whose share is below one half
 * @param missing items without a verdict, which count nowhere else
 */
public record RawWinRate(
        Figure rate, Figure standardError, Figure discrete, long wins, long draws, long losses, long missing) {
    private static final String NONE = "no item has a verdict";

    /** The rate over items. */
    public static RawWinRate of(Collection<ComparedItem> items) {
        return of(items.stream().mapToDouble(ComparedItem::share).toArray());
    }

    /**
     * The rate over shares of the win.
     *
     * @param shares in [0, 1], NaN for missing verdicts
     */
    public static RawWinRate of(double[] shares) {
        double[] given =
                Arrays.stream(shares).filter(share -> !Double.isNaN(share)).toArray();
        int n = given.length;
        long wins = Arrays.stream(given).filter(share -> share > 0.5).count();
        long losses = Arrays.stream(given).filter(share -> share < 0.5).count();
        long draws = n - wins - losses;
        return new RawWinRate(
                n == 0 ? Figure.undefined(NONE) : Figure.of(Summary.mean(given)),
                n < 2
                        ? Figure.undefined("fewer than two items have a verdict")
                        : Figure.of(Math.sqrt(Summary.variance(given) / n)),
                n == 0 ? Figure.undefined(NONE) : Figure.of((wins + draws / 2.0) / n),
                wins,
                draws,
                losses,
                shares.length - n);
    }

    /** The number of items with a verdict. */
    public long total() {
        return wins + draws + losses;
    }
}
