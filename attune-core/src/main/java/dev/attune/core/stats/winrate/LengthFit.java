package dev.attune.core.stats.winrate;

import dev.attune.core.stats.Summary;
import java.util.List;

/**
 * A fitted length model.
 *
 * @param rate the mean predicted share of the win at equal lengths, over all items, with a verdict or not
 * @param spread sd / sqrt(n) of these predictions, which AlpacaEval prints as a standard error; it has no sampling error
 *     in it, and is 0 for {@link LengthModel#MINIMAL}
 * @param c the inverse strength of the penalty, chosen by cross-validation
 * @param length b1; below 0 if longer answers are preferred
 * @param difficulty b2; 0 for {@link LengthModel#MINIMAL}
 * @param constant b3
 */
public record LengthFit(double rate, double spread, double c, double length, double difficulty, double constant) {
    static LengthFit of(List<ComparedItem> items, LengthModel model, WeightedRows rows, double c) {
        double[] b = SparseLogistic.fit(rows, c);
        double[] predictions = predictions(items, model, b);
        return new LengthFit(
                Summary.mean(predictions),
                Math.sqrt(Summary.variance(predictions) / predictions.length),
                c,
                b[0],
                b.length == 3 ? b[1] : 0,
                b[b.length - 1]);
    }

    static double[] predictions(List<ComparedItem> items, LengthModel model, double[] b) {
        return items.stream()
                .mapToDouble(item -> {
                    double[] x = LengthRows.atEqualLength(model, item);
                    double logit = 0;
                    for (int i = 0; i < b.length; i++) {
                        logit += b[i] * x[i];
                    }
                    return WeightedRows.sigmoid(logit);
                })
                .toArray();
    }
}
