package dev.attune.training.reward;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.batch.MicroBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Comparisons with the scores that a reward model gives their sequences.
 *
 * @param scores of each comparison, one score per sequence
 */
public record ScoredComparisons(List<Comparison> comparisons, List<float[]> scores) {
    /** A pair with the scores of its two sides. */
    public record ScoredPair(
            Comparison.Pair pair, double chosen, double rejected, int chosenLength, int rejectedLength) {
        /** s_c - s_r. */
        public double lead() {
            return chosen - rejected;
        }

        /** Whether chosen has the higher score; equal scores are not correct. */
        public boolean correct() {
            return chosen > rejected;
        }
    }

    /** Scores every sequence, without gradient. */
    public static ScoredComparisons of(RewardModel model, List<Comparison> comparisons, int micro) {
        List<RewardSequence> sequences =
                comparisons.stream().flatMap(c -> c.sequences().stream()).toList();
        return ofFlat(comparisons, score(model, sequences, micro));
    }

    /** @param flat a score for each sequence of all comparisons, in order */
    static ScoredComparisons ofFlat(List<Comparison> comparisons, float[] flat) {
        List<float[]> scores = new ArrayList<>();
        int at = 0;
        for (Comparison comparison : comparisons) {
            scores.add(Arrays.copyOfRange(flat, at, at + comparison.size()));
            at += comparison.size();
        }
        return new ScoredComparisons(comparisons, scores);
    }

    /** The score of each sequence, in order. */
    public static float[] score(RewardModel model, List<RewardSequence> sequences, int micro) {
        float[] scores = new float[sequences.size()];
        try (NoGrad off = NoGrad.on()) {
            List<List<Integer>> plan = MicroBatches.planForWorkers(sequences, micro, RewardSequence::length);
            Workers.mapEach(plan, places -> {
                try (Scope scope = Scope.open()) {
                    float[] part =
                            model.scores(MicroBatches.pick(sequences, places)).toFloats();
                    for (int i = 0; i < part.length; i++) {
                        scores[places.get(i)] = part[i];
                    }
                }
                return places;
            });
        }
        return scores;
    }

    /** Every pair with its scores. */
    public List<ScoredPair> pairs() {
        List<ScoredPair> pairs = new ArrayList<>();
        for (int i = 0; i < comparisons.size(); i++) {
            Comparison comparison = comparisons.get(i);
            for (Comparison.Pair pair : comparison.pairs()) {
                pairs.add(new ScoredPair(
                        pair,
                        scores.get(i)[pair.chosen()],
                        scores.get(i)[pair.rejected()],
                        comparison.lengths().get(pair.chosen()),
                        comparison.lengths().get(pair.rejected())));
            }
        }
        return pairs;
    }
}
