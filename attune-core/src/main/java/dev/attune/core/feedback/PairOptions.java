package dev.attune.core.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options for deriving preferences from rankings.
 *
 * @param precedence merges the criteria of a prompt; null keeps the pairs of each criterion separate
 * @param criterion only rankings under this criterion count; null for all
 */
public record PairOptions(
        PairChoice choice,
        Ties ties,
        PairWeights weights,
        Votes votes,
        @Nullable Precedence precedence,
        @Nullable String criterion) {

    /** All pairs, no ties, each prompt with weight 1, labelers and criteria separate. */
    public static PairOptions defaults() {
        return new PairOptions(PairChoice.ALL_PAIRS, Ties.NONE, PairWeights.PER_PROMPT, Votes.SEPARATE, null, null);
    }

    /** A copy with a choice of pairs. */
    public PairOptions withChoice(PairChoice other) {
        return new PairOptions(other, ties, weights, votes, precedence, criterion);
    }

    /** A copy with a handling of ties. */
    public PairOptions withTies(Ties other) {
        return new PairOptions(choice, other, weights, votes, precedence, criterion);
    }

    /** A copy with other weights. */
    public PairOptions withWeights(PairWeights other) {
        return new PairOptions(choice, ties, other, votes, precedence, criterion);
    }

    /** A copy with another way to combine labelers. */
    public PairOptions withVotes(Votes other) {
        return new PairOptions(choice, ties, weights, other, precedence, criterion);
    }

    /** A copy with a precedence that merges the criteria. */
    public PairOptions withPrecedence(@Nullable Precedence other) {
        return new PairOptions(choice, ties, weights, votes, other, criterion);
    }

    /** The same for one criterion; null for all. */
    public PairOptions withCriterion(@Nullable String other) {
        return new PairOptions(choice, ties, weights, votes, precedence, other);
    }

    /** The choice in words, for provenance and reports. */
    public Map<String, String> describe() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("pairs", choice.configName());
        words.put("ties", ties.configName());
        words.put("weights", weights.configName());
        words.put("votes", votes.configName());
        words.put("precedence", precedence == null ? "none" : String.join(", ", precedence.criteria()));
        if (criterion != null) {
            words.put("criterion", criterion);
        }
        return words;
    }
}
