package dev.attune.training.reward;

import dev.attune.model.transformer.RewardSequence;
import java.util.List;

/**
 * What was said about the completions of one prompt: all of it goes through the model in one batch, and each completion
 * once.
 *
 * @param sequences prompt and completion with the end token, as the model reads them
 * @param lengths of the completions alone, in tokens
 * @param pairs which of two was preferred
 * @param rankings whole orders, for Plackett-Luce; empty where there are only pairs
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
        /** A tie, which has no right answer. */
        public boolean tied() {
            return probability == 0.5;
        }
    }

    /** A ranking of sequences, by index: groups of ties best first, and those that were left out. */
    public record Order(List<List<Integer>> groups, List<Integer> unranked) {}

    public int size() {
        return sequences.size();
    }

    /** Tokens of the longest sequence. */
    public int longest() {
        return sequences.stream().mapToInt(RewardSequence::length).max().orElse(0);
    }

    /** What all pairs weigh together. */
    public double weight() {
        return pairs.stream().mapToDouble(Pair::weight).sum();
    }
}
