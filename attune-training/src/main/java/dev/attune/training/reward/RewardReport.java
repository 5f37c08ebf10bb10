package dev.attune.training.reward;

import dev.attune.core.stats.Calibration;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Spearman;
import dev.attune.core.stats.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a reward model on held-out comparisons.
 *
 * @param pairs number of pairs, without ties
 * @param accuracy share of pairs whose chosen side has strictly the higher score; equal scores are wrong
 * @param interval of the accuracy, 95 % (Wilson)
 * @param calibration of sigma(s_c - s_r); null if there is no pair
 * @param logLoss mean - log sigma(s_c - s_r), in nats; log 2 = 0.693 for a model without information
 * @param shorterBaseline accuracy of preferring the shorter completion; equal lengths count half
 * @param lengthCorrelation rank correlation (Spearman) of score and completion length
 * @param scoreMean and {@code scoreDeviation} over the sequences
 */
public record RewardReport(
        int pairs,
        double accuracy,
        Interval interval,
        double logLoss,
        @Nullable Calibration calibration,
        double shorterBaseline,
        double lengthCorrelation,
        double scoreMean,
        double scoreDeviation) {
    private static final int BINS = 20;

    public static RewardReport of(ScoredComparisons scored) {
        List<ScoredComparisons.ScoredPair> pairs =
                scored.pairs().stream().filter(pair -> !pair.pair().tied()).toList();
        int count = pairs.size();
        long correct =
                pairs.stream().filter(ScoredComparisons.ScoredPair::correct).count();
        double logLoss = pairs.stream()
                .mapToDouble(pair -> Math.log1p(Math.exp(-Math.max(-700, pair.lead()))))
                .average()
                .orElse(0);
        double shorter = pairs.stream()
                .mapToDouble(pair -> (1 - Math.signum(pair.chosenLength() - (double) pair.rejectedLength())) / 2)
                .average()
                .orElse(0);
        double[] scores = flat(scored);
        double mean = DoubleStream.of(scores).average().orElse(0);
        double variance = DoubleStream.of(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(0);
        return new RewardReport(
                count,
                count == 0 ? 0 : (double) correct / count,
                Wilson.interval((double) correct, count, Interval.LEVEL),
                logLoss,
                calibration(pairs),
                shorter,
                Spearman.correlation(scores, lengths(scored)),
                mean,
                Math.sqrt(variance));
    }

    /** The gate's verdict on this reward model, with reasons. */
    public Gate gate(GateSettings settings) {
        List<Gate.Check> checks = new ArrayList<>();
        checks.add(new Gate.Check(
                "held-out pairs", pairs, "at least", settings.minComparisons(), pairs >= settings.minComparisons()));
        checks.add(new Gate.Check(
                "accuracy, lower end of its 95 % interval",
                interval.low(), "above", settings.minAccuracy(), interval.low() > settings.minAccuracy()));
        double length = Math.max(shorterBaseline, 1 - shorterBaseline);
        checks.add(new Gate.Check(
                "accuracy, against the better of 'shorter' and 'longer'",
                accuracy,
                "above",
                length,
                accuracy > length));
        double error = calibrationError();
        checks.add(new Gate.Check(
                "expected calibration error",
                error,
                "at most",
                settings.maxCalibrationError(),
                error <= settings.maxCalibrationError()));
        checks.add(new Gate.Check(
                "correlation of score and length",
                Math.abs(lengthCorrelation),
                "at most",
                settings.maxLengthCorrelation(),
                Math.abs(lengthCorrelation) <= settings.maxLengthCorrelation()));
        checks.add(new Gate.Check("deviation of scores", scoreDeviation, "above", 1e-4, scoreDeviation > 1e-4));
        return new Gate(checks);
    }

    /** The expected calibration error; 1 if it cannot be computed. */
    public double calibrationError() {
        return calibration == null ? 1 : calibration.expectedError();
    }

    private static @Nullable Calibration calibration(List<ScoredComparisons.ScoredPair> pairs) {
        if (pairs.isEmpty()) {
            return null;
        }
        return Calibration.ofMargins(
                pairs.stream().mapToDouble(ScoredComparisons.ScoredPair::lead).toArray(),
                pairs.stream().mapToDouble(pair -> pair.pair().probability()).toArray(),
                BINS);
    }

    private static double[] flat(ScoredComparisons scored) {
        return scored.scores().stream()
                .flatMapToDouble(row -> {
                    DoubleStream.Builder builder = DoubleStream.builder();
                    for (float score : row) {
                        builder.add(score);
                    }
                    return builder.build();
                })
                .toArray();
    }

    private static double[] lengths(ScoredComparisons scored) {
        return scored.comparisons().stream()
                .flatMap(comparison -> comparison.lengths().stream())
                .mapToDouble(Integer::doubleValue)
                .toArray();
    }
}
