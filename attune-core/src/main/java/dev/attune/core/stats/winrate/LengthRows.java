package dev.attune.core.stats.winrate;

import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.List;

/** The rows of the length models: x1 = tanh(l / sd(l)), x2 = difficulty (not in MINIMAL), x3 = 1, or 0 in gamed rows. */
final class LengthRows {
    private static final double GAMED_WEIGHT = 0.1;

    private final List<double[]> features = new ArrayList<>();
    private final List<double[]> sharesAndWeights = new ArrayList<>();

    private LengthRows() {}

    /** Gamed rows first, then the items with a verdict. */
    static WeightedRows of(List<ComparedItem> items, LengthModel model, List<GamedRow> gamed) {
        LengthRows rows = new LengthRows();
        if (model == LengthModel.V1) {
            for (GamedRow row : gamed) {
                rows.add(
                        features(model, Math.tanh(row.standardisedLength()), row.difficulty(), 0),
                        row.share(),
                        GAMED_WEIGHT);
            }
        }
        double deviation = deviation(items);
        for (ComparedItem item : items) {
            if (!Double.isNaN(item.share())) {
                double length = Math.tanh(item.lengthDifference() / deviation);
                rows.add(features(model, length, item.difficulty(), 1), item.share(), 1);
            }
        }
        return new WeightedRows(
                rows.features.toArray(double[][]::new),
                rows.sharesAndWeights.stream().mapToDouble(pair -> pair[0]).toArray(),
                rows.sharesAndWeights.stream().mapToDouble(pair -> pair[1]).toArray());
    }

    /** The spread of length differences, of items without a verdict too. */
    static double deviation(List<ComparedItem> items) {
        return Math.sqrt(Summary.variance(
                items.stream().mapToDouble(ComparedItem::lengthDifference).toArray()));
    }

    /** The features of an item whose two answers are equally long. */
    static double[] atEqualLength(LengthModel model, ComparedItem item) {
        return features(model, 0, item.difficulty(), 1);
    }

    private static double[] features(LengthModel model, double length, double difficulty, double constant) {
        return model == LengthModel.MINIMAL
                ? new double[] {length, constant}
                : new double[] {length, difficulty, constant};
    }

    private void add(double[] row, double share, double weight) {
        features.add(row);
        sharesAndWeights.add(new double[] {share, weight});
    }
}
