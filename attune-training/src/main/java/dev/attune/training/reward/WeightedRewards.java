package dev.attune.training.reward;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardNames;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Reward functions, summed with their weights. */
public record WeightedRewards(List<Part> parts) {
    /**
     * One reward function and its weight.
     *
     * @param name in metrics and rollouts
     */
    public record Part(String name, RewardFunction function, double weight) {}

    /**
     * The score of a completion.
     *
     * @param total the weighted sum
     * @param byName the score of each reward function, unweighted
     * @param weights of the reward functions, in the same order
     * @param reasons of the scores, by name; only of functions that gave one
     */
    public record Score(double total, Map<String, Double> byName, List<Double> weights, Map<String, String> reasons) {
        /** One score. */
        public static Score of(String name, double score) {
            return weighted(Map.of(name, score), any -> 1);
        }

        /** Scores with their weights. */
        public static Score weighted(Map<String, Double> byName, ToDoubleFunction<String> weight) {
            double total = 0;
            List<Double> weights = new ArrayList<>();
            for (Map.Entry<String, Double> score : byName.entrySet()) {
                double own = weight.applyAsDouble(score.getKey());
                total += own * score.getValue();
                weights.add(own);
            }
            return new Score(total, byName, weights, Map.of());
        }
    }

    public WeightedRewards {
        parts = withUniqueNames(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no reward function");
        }
    }

    /** Functions of weight 1. */
    public static WeightedRewards of(RewardFunction... functions) {
        return new WeightedRewards(java.util.Arrays.stream(functions)
                .map(f -> new Part(f.name(), f, 1))
                .toList());
    }

    /**
     * Scores each completion, in order.
     *
     * @throws RunFailedException if a function gives too few scores or one that is not a number
     */
    public List<Score> score(List<PromptCompletion> batch) {
        return score(batch, false);
    }

    /**
     * Scores each completion, in order.
     *
     * @param missing whether a score may be NaN: the function has none for this completion
     * @throws RunFailedException if a function gives too few scores or one that is not a number
     */
    public List<Score> score(List<PromptCompletion> batch, boolean missing) {
        List<Double> weights = parts.stream().map(Part::weight).toList();
        List<List<Scored>> columns =
                parts.stream().map(part -> column(part, batch, missing)).toList();
        List<Score> scores = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            Map<String, Double> byName = new LinkedHashMap<>();
            Map<String, String> reasons = new LinkedHashMap<>();
            double total = 0;
            for (int column = 0; column < parts.size(); column++) {
                Scored scored = columns.get(column).get(row);
                byName.put(parts.get(column).name(), scored.value());
                total += parts.get(column).weight() * scored.value();
                if (!scored.reason().isEmpty()) {
                    reasons.put(parts.get(column).name(), scored.reason());
                }
            }
            scores.add(new Score(total, byName, weights, reasons));
        }
        return scores;
    }

    /** Adds numbers to equal names. */
    private static List<Part> withUniqueNames(List<Part> parts) {
        Set<String> taken = new LinkedHashSet<>();
        List<Part> named = new ArrayList<>();
        for (Part part : parts) {
            String name = RewardNames.unique(part.name(), taken);
            taken.add(name);
            named.add(new Part(name, part.function(), part.weight()));
        }
        return List.copyOf(named);
    }

    private static List<Scored> column(Part part, List<PromptCompletion> batch, boolean missing) {
        List<Scored> scores = evaluated(part, batch);
        if (scores.size() != batch.size()) {
            throw new RunFailedException("reward function " + part.name() + ": " + scores.size() + " scores for "
                    + batch.size() + " completions");
        }
        for (Scored score : scores) {
            if (score.isMissing() && !missing) {
                throw new RunFailedException("reward function " + part.name() + ": the score " + score.value()
                        + (score.reason().isEmpty() ? "" : " (" + score.reason() + ")"));
            }
        }
        return scores;
    }

    private static List<Scored> evaluated(Part part, List<PromptCompletion> batch) {
        try {
            return part.function().evaluate(batch);
        } catch (IllegalArgumentException e) {
            throw new RunFailedException("reward function " + part.name() + ": " + e.getMessage(), e);
        }
    }
}
