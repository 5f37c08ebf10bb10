package dev.attune.core.stats.rates;

import dev.attune.core.stats.distribution.Tails;
import java.util.List;

/** McNemar's exact test of two models on the same yes-or-no rows. */
public final class McNemar {
    private McNemar() {}

    /**
     * The two-sided p-value: min(1, 2 P(Bin(b + c, 1/2) at most min(b, c))), and 1 without a row that differs.
     *
     * @param onlyFirst b: rows on which the first succeeds and the second fails
     * @param onlySecond c: the reverse
     */
    public static double p(long onlyFirst, long onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException(onlyFirst + " against " + onlySecond + " rows");
        }
        return Math.min(1, 2 * Tails.fairCoins(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond));
    }

    /** The p-value over rows; those that one of the two leaves unscored are left out. */
    public static double p(List<Score> first, List<Score> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(first.size() + " rows against " + second.size());
        }
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i) instanceof Score.Given a && second.get(i) instanceof Score.Given b) {
                onlyFirst += a.value() > b.value() ? 1 : 0;
                onlySecond += b.value() > a.value() ? 1 : 0;
            }
        }
        return p(onlyFirst, onlySecond);
    }
}
