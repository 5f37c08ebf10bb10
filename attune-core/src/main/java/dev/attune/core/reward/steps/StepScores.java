package dev.attune.core.reward.steps;

import java.util.List;
import java.util.Locale;

/**
 * The steps of a solution with the probability that each is correct.
 *
 * @param steps in order
 * @param probabilities in [0, 1], one per step
 */
public record StepScores(List<String> steps, List<Double> probabilities) {
    private static final int SHOWN = 60;

    public StepScores {
        steps = List.copyOf(steps);
        probabilities = List.copyOf(probabilities);
        if (steps.size() != probabilities.size()) {
            throw new IllegalArgumentException(steps.size() + " steps, " + probabilities.size() + " probabilities");
        }
    }

    /** The score of the solution; 0 if it has no steps, because nothing in it is correct. */
    public double score(StepAggregation aggregation) {
        return steps.isEmpty()
                ? 0
                : aggregation.of(
                        probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The index of the step with the lowest probability, the first of several; -1 if there are no steps. */
    public int weakest() {
        int weakest = steps.isEmpty() ? -1 : 0;
        for (int i = 1; i < steps.size(); i++) {
            weakest = probabilities.get(i) < probabilities.get(weakest) ? i : weakest;
        }
        return weakest;
    }

    /** The weakest step in words, as {@code weakest step 2 of 3 (0.21): 16 * 7 = 112}. */
    public String reason() {
        if (steps.isEmpty()) {
            return "no steps";
        }
        int weakest = weakest();
        String step = steps.get(weakest).strip();
        return String.format(
                Locale.ROOT,
                "weakest step %d of %d (%.2f): %s",
                weakest + 1,
                steps.size(),
                probabilities.get(weakest),
                step.length() <= SHOWN ? step : step.substring(0, SHOWN) + "...");
    }
}
