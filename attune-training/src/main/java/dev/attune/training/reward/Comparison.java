package dev.attune.training.reward;

import dev.attune.model.transformer.RewardSequence;
import java.util.List;

/**
 * The comparisons between the completions of one prompt. They pass through the model in one batch, each completion
 * once.
 *
 * @param sequences prompt and completion with the end tokens, as the model reads them
 * @param lengths of the completions alone, in tokens
 * @param pairs preferences between two completions
 * @param rankings complete orders, for Plackett-Luce; empty if there are only pairs
 */
public record Comparison(
        List<RewardSequence> sequences, List<Integer> lengths, List<Pair> pairs, List<Order> rankings) {
    public Comparison {
        sequences = List.copyOf(sequences);
        lengths = List.copyOf(lengths);
        pairs = List.copyOf(pairs);
        rankings = List.copyOf(rankings);
    }

    /**
     * A preference between two sequences, by index.
     *
     * @param probability that chosen is better, in [0.5, 1]
     */
    public record Pair(int chosen, int rejected, double probability, double margin, double weight) {
        /** Whether the pair is a tie, which has no correct order. */
        public boolean tied() {
            return probability == 0.5;
        }
    }

    /** A ranking of sequences, by index: groups of ties best first, and those that were left out. */
    public record Order(List<List<Integer>> groups, List<Integer> unranked) {}

    public int size() {
        return sequences.size();
    }

    /** The number of tokens of the longest sequence. */
    public int longest() {
        return sequences.stream().mapToInt(RewardSequence::length).max().orElse(0);
    }

    /** The total weight of the pairs. */
    public double weight() {
        return pairs.stream().mapToDouble(Pair::weight).sum();
    }
}
