package dev.attune.core.stats.winrate;

import java.util.stream.IntStream;

/**
 * The choice of C by cross-validation: the largest mean over folds of the mean weighted log-likelihood of the fold's rows
 * under the fit to the others; the smaller C if two are equal. Row r of N is in fold (N - 1 - r) mod 5.
 *
 * @param scores of each C, ascending
 * @param index of the chosen one
 */
@SuppressWarnings("ArrayRecordComponent")
record PenaltyChoice(double[] scores, int index) {
    static final int FOLDS = 5;
    private static final int CANDIDATES = 10;
    private static final double CLIP = 1e-15;

    static PenaltyChoice of(WeightedRows rows) {
        double[] scores = IntStream.range(0, CANDIDATES)
                .mapToDouble(k -> score(rows, candidate(k)))
                .toArray();
        int best = 0;
        for (int k = 1; k < CANDIDATES; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return new PenaltyChoice(scores, best);
    }

    /** 10^(-4 + 8 k / 9). */
    static double candidate(int k) {
        return Math.pow(10, -4 + 8.0 * k / (CANDIDATES - 1));
    }

    double c() {
        return candidate(index);
    }

    private static double score(WeightedRows rows, double c) {
        return IntStream.range(0, FOLDS)
                .mapToDouble(fold -> {
                    double[] b = SparseLogistic.fit(rows.where(row -> foldOf(row, rows.count()) != fold), c);
                    return meanLikelihood(rows.where(row -> foldOf(row, rows.count()) == fold), b);
                })
                .average()
                .orElseThrow();
    }

    private static int foldOf(int row, int count) {
        return (count - 1 - row) % FOLDS;
    }

    private static double meanLikelihood(WeightedRows rows, double[] b) {
        double sum = 0;
        for (int row = 0; row < rows.count(); row++) {
            double q = Math.max(CLIP, Math.min(1 - CLIP, WeightedRows.sigmoid(rows.logit(row, b))));
            double y = rows.y()[row];
            sum += rows.weights()[row] * (y * Math.log(q) + (1 - y) * Math.log1p(-q));
        }
        return sum / rows.count();
    }
}
