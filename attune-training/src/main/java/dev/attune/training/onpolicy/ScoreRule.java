package dev.attune.training.onpolicy;

import dev.attune.core.run.MissingEndTokens;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a completion's score before it becomes a reward: first the rule for missing end tokens, then the clip. A KL
 * penalty is added later.
 *
 * @param section the recipe's section with these keys, for messages
 * @param missingEos for completions without an end token: the score, or the amount added to it; null: no rule
 * @param mode whether {@code missingEos} replaces the score or is added to it
 * @param low the score is clipped to at least this; null: no lower bound
 * @param high the score is clipped to at most this; null: no upper bound
 */
public record ScoreRule(
        String section,
        @Nullable Double missingEos,
        MissingEos mode,
        @Nullable Double low,
        @Nullable Double high) {
    /** The change of the score of a completion without an end token. */
    public enum MissingEos {
        REPLACE,
        ADD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param clip the score is clipped to plus or minus this; null: not clipped */
    public static ScoreRule symmetric(
            String section, @Nullable Double missingEos, MissingEos mode, @Nullable Double clip) {
        return new ScoreRule(section, missingEos, mode, clip == null ? null : -clip, clip);
    }

    /** The score as it enters the rewards. */
    public double apply(double score, boolean ended) {
        double value = score;
        if (!ended && missingEos != null) {
            value = mode == MissingEos.REPLACE ? missingEos : score + missingEos;
        }
        value = high == null ? value : Math.min(high, value);
        return low == null ? value : Math.max(low, value);
    }

    /** The rule for missing end tokens as it is reported; empty if there is none. */
    Optional<MissingEndTokens> missingEndTokens(int maxNewTokens) {
        return Optional.ofNullable(missingEos)
                .map(value -> new MissingEndTokens(
                        section, Integer.toString(maxNewTokens), value, mode == MissingEos.REPLACE));
    }
}
