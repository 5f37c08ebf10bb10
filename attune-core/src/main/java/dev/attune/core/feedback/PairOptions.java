package dev.attune.core.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rankings become preferences.
 *
 * @param precedence merges the criteria of a prompt; null keeps each criterion's pairs apart
 */
public record PairOptions(
        PairChoice choice,
        Ties ties,
        PairWeights weights,
        Votes votes,
        @Nullable Precedence precedence) {

    /** All pairs, no ties, each prompt weighing 1, labelers and criteria apart. */
    public static PairOptions defaults() {
        return new PairOptions(PairChoice.ALL_PAIRS, Ties.NONE, PairWeights.PER_PROMPT, Votes.SEPARATE, null);
    }

    /** The same with a choice of pairs. */
    public PairOptions withChoice(PairChoice other) {
        return new PairOptions(other, ties, weights, votes, precedence);
    }

    /** The same with a handling of ties. */
    public PairOptions withTies(Ties other) {
        return new PairOptions(choice, other, weights, votes, precedence);
    }

    /** The same with other weights. */
    public PairOptions withWeights(PairWeights other) {
        return new PairOptions(choice, ties, other, votes, precedence);
    }

    /** The same with another way to combine labelers. */
    public PairOptions withVotes(Votes other) {
        return new PairOptions(choice, ties, weights, other, precedence);
    }

    /** The same with a precedence that merges the criteria. */
    public PairOptions withPrecedence(@Nullable Precedence other) {
        return new PairOptions(choice, ties, weights, votes, other);
    }

    /** The choice in words, for provenance and reports. */
    public Map<String, String> describe() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("pairs", choice.word());
        words.put("ties", ties.word());
        words.put("weights", weights.word());
        words.put("votes", votes.word());
        words.put("precedence", precedence == null ? "none" : String.join(", ", precedence.criteria()));
        return words;
    }
}
