package dev.attune.feedback.sampling;

import dev.attune.core.error.RunFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The uncertainty of a reward model about completions. A completion with score a is better than one with score b with
 * the probability sigmoid(a - b); the uncertainty of a pair is the entropy of this probability, at most ln 2, that of a
 * set the mean over its pairs.
 */
public final class PairEntropy {
    private final double[][] entropy;

    /** @throws RunFailedException if a score is not a number */
    public PairEntropy(double[] scores) {
        this.entropy = new double[scores.length][scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new RunFailedException("the reward model's score is " + scores[i]);
            }
            for (int j = 0; j < i; j++) {
                entropy[i][j] = of(scores[i] - scores[j]);
                entropy[j][i] = entropy[i][j];
            }
        }
    }

    /** The entropy of one pair, by the difference d of its scores; with e = exp(-|d|), ln(1 + e) + |d| e / (1 + e). */
    static double of(double difference) {
        double distance = Math.abs(difference);
        double e = Math.exp(-distance);
        return Math.log1p(e) + (e == 0 ? 0 : distance * e / (1 + e));
    }

    /** A set of completions, by index. */
    public record Choice(List<Integer> places, double meanEntropy) {
        public Choice {
            places = List.copyOf(places);
        }
    }

    /** The set of this size with the highest entropy, by exhaustive search. */
    public Choice choose(int size) {
        Search search = new Search(size);
        search.extend(0, 0);
        int pairs = size * (size - 1) / 2;
        return new Choice(search.best, pairs == 0 ? 0 : search.maxEntropy / pairs);
    }

    private final class Search {
        private final int size;
        private final List<Integer> chosen = new ArrayList<>();
        private List<Integer> best = List.of();
        private double maxEntropy = Double.NEGATIVE_INFINITY;

        Search(int size) {
            this.size = size;
        }

        void extend(int from, double sum) {
            if (chosen.size() == size) {
                if (sum > maxEntropy) {
                    maxEntropy = sum;
                    best = List.copyOf(chosen);
                }
                return;
            }
            for (int next = from; next <= entropy.length - (size - chosen.size()); next++) {
                double added = 0;
                for (int one : chosen) {
                    added += entropy[next][one];
                }
                chosen.add(next);
                extend(next + 1, sum + added);
                chosen.remove(chosen.size() - 1);
            }
        }
    }
}
