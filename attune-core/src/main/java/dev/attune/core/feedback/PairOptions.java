package dev.attune.core.feedback;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options for deriving preferences from rankings.
 *
 * @param precedence merges the criteria of a prompt; null keeps the pairs of each criterion separate
 * @param criterion only rankings under this criterion count; null for all
 */
@RecordBuilder
public record PairOptions(
        PairChoice choice,
        Ties ties,
        PairWeights weights,
        Votes votes,
        @Nullable Precedence precedence,
        @Nullable String criterion)
        implements PairOptionsBuilder.With {

    /** All pairs, no ties, each prompt with weight 1, labelers and criteria separate. */
    public static PairOptions defaults() {
        return new PairOptions(PairChoice.ALL_PAIRS, Ties.NONE, PairWeights.PER_PROMPT, Votes.SEPARATE, null, null);
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

    /** A copy with a precedence that merges the criteria. */
    @Override
    public PairOptions withPrecedence(@Nullable Precedence other) {
        return new PairOptions(choice, ties, weights, votes, other, criterion);
    }

    /** The same for one criterion; null for all. */
    @Override
    public PairOptions withCriterion(@Nullable String other) {
        return new PairOptions(choice, ties, weights, votes, precedence, other);
    }
}
