package dev.attune.training.processreward;

import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.core.stats.Auroc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Solutions with the logits of their steps.
 *
 * @param rows solutions
 * @param logits of each solution, one per step
 */
record ScoredSteps(List<LabelledSteps> rows, List<float[]> logits) {
    /** Figures over labelled steps: {@code accuracy}, {@code correct_share}, {@code wrong_found}. */
    Map<String, Double> stepMetrics(String prefix) {
        long right = 0;
        long counted = 0;
        long correct = 0;
        long found = 0;
        for (int i = 0; i < rows.size(); i++) {
            List<StepLabel> labels = rows.get(i).labels();
            double[] probabilities = probabilities(i);
            right += StepLabel.right(labels, probabilities);
            counted += StepLabel.counted(labels);
            for (int step = 0; step < probabilities.length; step++) {
                correct += labels.get(step) == StepLabel.CORRECT ? 1 : 0;
                found += labels.get(step) == StepLabel.WRONG && probabilities[step] <= 0.5 ? 1 : 0;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(prefix + "accuracy", right / (double) counted);
        metrics.put(prefix + "correct_share", correct / (double) counted);
        if (correct < counted) {
            metrics.put(prefix + "wrong_found", found / (double) (counted - correct));
        }
        return metrics;
    }

    /**
     * The probability that a correct solution has a higher aggregated score than a wrong one, ties counting half (area
     * under the ROC curve); NaN without one of each.
     */
    double solutionAuc(StepAggregation aggregation) {
        int[] decided = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).outcome() != StepLabel.MASKED)
                .toArray();
        double[] scores = new double[decided.length];
        boolean[] correct = new boolean[decided.length];
        for (int i = 0; i < decided.length; i++) {
            scores[i] = aggregation.of(probabilities(decided[i]));
            correct[i] = rows.get(decided[i]).outcome() == StepLabel.CORRECT;
        }
        return Auroc.of(scores, correct).asOptional().orElse(Double.NaN);
    }

    private double[] probabilities(int row) {
        float[] own = logits.get(row);
        double[] probabilities = new double[own.length];
        for (int step = 0; step < own.length; step++) {
            probabilities[step] = 1 / (1 + Math.exp(-own[step]));
        }
        return probabilities;
    }
}
