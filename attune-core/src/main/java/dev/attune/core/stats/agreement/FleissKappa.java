package dev.attune.core.stats.agreement;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import java.util.Arrays;

/**
 * The agreement of several raters on items with one label each (Fleiss 1971).
 *
 * @param fleiss (P - E) / (1 - E), with E the sum of squared shares of the labels; undefined if all ratings are equal
 * @param randolph the same with E = 1 / number of labels (Randolph 2005), for raters without quotas
 * @param observed P: the share of pairs of ratings of one item that are equal
 */
public record FleissKappa(Figure fleiss, Figure randolph, Figure observed) {
    /**
     * Computes both kappas.
     *
     * @param counts {@code counts[item][label]}: how many raters gave the label; each item needs the same number of ratings
     */
    public static FleissKappa of(int[][] counts) {
        int raters = ratersOf(counts);
        if (raters < 2) {
            Figure none = Figure.undefined(raters == 0 ? "there are no ratings" : "each item has one rating");
            return new FleissKappa(none, none, none);
        }
        double agreeing = 0;
        double[] totals = new double[counts[0].length];
        for (int[] item : counts) {
            for (int label = 0; label < item.length; label++) {
                agreeing += (double) item[label] * (item[label] - 1);
                totals[label] += item[label];
            }
        }
        double ratings = (double) raters * counts.length;
        double observed = agreeing / (ratings * (raters - 1));
        double chance = Arrays.stream(totals)
                .map(total -> total / ratings * (total / ratings))
                .sum();
        boolean varied = Arrays.stream(totals).filter(total -> total > 0).count() > 1;
        return new FleissKappa(
                varied ? beyond(observed, chance) : Figure.undefined("all ratings are equal"),
                totals.length > 1 ? beyond(observed, 1.0 / totals.length) : Figure.undefined("there is one label"),
                Figure.of(observed));
    }

    private static Figure beyond(double observed, double chance) {
        return Figure.of((observed - chance) / (1 - chance));
    }

    private static int ratersOf(int[][] counts) {
        int raters = counts.length == 0 ? 0 : Arrays.stream(counts[0]).sum();
        for (int item = 0; item < counts.length; item++) {
            int here = Arrays.stream(counts[item]).sum();
            if (here != raters) {
                throw BadInputException.at(
                        "Fleiss' kappa",
                        here + " ratings of item " + item,
                        raters + ", as for item 0",
                        "use Krippendorff's alpha if items have different numbers of ratings");
            }
        }
        return raters;
    }
}
