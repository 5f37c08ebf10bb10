package dev.attune.core.stats.agreement;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Kendall;
import dev.attune.core.stats.distribution.Tails;
import java.util.Arrays;

/**
 * Kendall's coefficient of concordance W of several rankings, with its test against independent rankings.
 *
 * @param w 12 S / (m^2 (n^3 - n) - m T) for m raters and n items, with S the squared deviations of the rank sums; in
 *     [0, 1]
 * @param ties T: the sum of t^3 - t over the groups of t tied items of each rater
 * @param chiSquared m (n - 1) W
 * @param p the probability of at least this chi-squared with n - 1 degrees of freedom; approximate for few items
 */
public record Concordance(Figure w, double ties, Figure chiSquared, Figure p) {
    /**
     * Compares rankings.
     *
     * @param scores {@code scores[rater][item]}: ranks or scores, of which only the order counts; NaN is refused
     */
    public static Concordance of(double[][] scores) {
        if (scores.length == 0
                || Arrays.stream(scores).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
            throw BadInputException.at(
                    "Kendall's W",
                    scores.length == 0 ? "no raters" : "missing ranks",
                    "a rank of each item by each rater",
                    "leave out items or raters with missing ranks");
        }
        int items = scores[0].length;
        double ties = Arrays.stream(scores).mapToDouble(Kendall::tieCorrection).sum();
        double w = Kendall.w(scores);
        if (Double.isNaN(w)) {
            Figure none = Figure.undefined("every rater tied all items");
            return new Concordance(none, ties, none, none);
        }
        double chiSquared = scores.length * (items - 1) * w;
        return new Concordance(
                Figure.of(w), ties, Figure.of(chiSquared), Figure.of(Tails.chiSquared(chiSquared, items - 1)));
    }
}
