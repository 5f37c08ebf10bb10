package dev.attune.feedback.judge;

import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;

/**
 * A judgement with everything it was made from.
 *
 * @param judge name of the judge
 * @param principle that it judged by
 * @param verdict of a comparison: the probability in [0, 1] that the first answer is better; of a single answer: its score
 * @param opinions what was asked for it, in order: both orders of a pair, criteria, or judges
 */
public record Judgement(String judge, String principle, Verdict<Double> verdict, List<Opinion> opinions) {
    public Judgement {
        opinions = List.copyOf(opinions);
    }

    /** How many of the opinions are unscored. */
    public int unscored() {
        return (int) opinions.stream()
                .filter(opinion -> opinion.verdict() instanceof Verdict.Unscored)
                .count();
    }

    /** The tokens that were generated for it; 0 for those that a server did not count. */
    public int tokens() {
        return opinions.stream().mapToInt(Opinion::tokens).sum();
    }
}
