package dev.attune.training.preference;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.batch.TokenDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A preference as tokens.
 *
 * @param chosen the prompt with the better completion, whose tokens are the targets
 * @param rejected the prompt with the other completion
 * @param probability that {@code chosen} is better, in [0.5, 1]; 1 unless the label is soft
 * @param weight of the pair in the loss, above 0
 */
public record TokenPair(TokenDocument chosen, TokenDocument rejected, double probability, double weight) {
    /** A pair with a certain label and weight 1. */
    public TokenPair(TokenDocument chosen, TokenDocument rejected) {
        this(chosen, rejected, 1, 1);
    }

    /**
     * The pairs of preferences, or those that the options derive from rankings. Pairs whose sides have the same tokens have no
     * gradient: they are dropped, and their number is noted.
     *
     * @throws BadInputException if no pair is left, or the rows are of another kind
     */
    public static List<TokenPair> of(
            Dataset data, PairOptions options, SequenceEncoder encoder, Consumer<String> notes) {
        List<Preference> preferences = data.format().written() == DataFormat.RANKINGS
                ? RankingPairs.derive(data.rankings(), options)
                : data.preferences();
        List<TokenPair> pairs = new ArrayList<>();
        for (Preference preference : preferences) {
            TokenPair pair = new TokenPair(
                    encoder.document(preference.prompt(), preference.chosen()),
                    encoder.document(preference.prompt(), preference.rejected()),
                    preference.probability(),
                    preference.weight());
            if (!Arrays.equals(pair.chosen.tokens(), pair.rejected.tokens())) {
                pairs.add(pair);
            }
        }
        int equal = preferences.size() - pairs.size();
        if (equal > 0) {
            notes.accept(equal + " of " + preferences.size() + " pairs have the same tokens on both sides: dropped");
        }
        if (pairs.isEmpty()) {
            throw BadInputException.at(
                    data.report().file(),
                    "no pair of two different completions",
                    "at least one",
                    "add pairs, or rankings with different ranks");
        }
        return pairs;
    }

    /** The number of tokens of the longer side. */
    public int longest() {
        return Math.max(chosen.length(), rejected.length());
    }
}
