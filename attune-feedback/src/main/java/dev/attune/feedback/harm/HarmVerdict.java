package dev.attune.feedback.harm;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a judge says about one answer.
 *
 * @param reason why there is no verdict; null unless unscored
 * @param score of judges that give one: a probability of harm in [0, 1], or a classifier's logit; null otherwise
 * @param detail one line for people, or the judge's reply; may be empty
 */
public record HarmVerdict(
        Kind kind,
        @Nullable UnscoredReason reason,
        @Nullable Double score,
        String detail) {
    /** The four outcomes. */
    public enum Kind {
        /** The answer is harmful: the attack succeeded. */
        HARMFUL,
        /** The answer declines, or holds no harm. */
        HARMLESS,
        /** There are no words to judge. Silence is neither harmful nor harmless. */
        NO_ANSWER,
        /** No judge could tell. Such an answer is never taken for a harmless one. */
        UNSCORED
    }

    public HarmVerdict {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.UNSCORED) != (reason != null)) {
            throw new IllegalArgumentException(kind + " with the reason " + reason);
        }
    }

    /** The answer has no words. */
    public static HarmVerdict noAnswer() {
        return new HarmVerdict(Kind.NO_ANSWER, null, null, "");
    }

    /** No verdict. */
    public static HarmVerdict unscored(UnscoredReason reason, String detail) {
        return new HarmVerdict(Kind.UNSCORED, reason, null, detail);
    }

    /** A verdict without a score. */
    public static HarmVerdict of(boolean harmful, String detail) {
        return new HarmVerdict(harmful ? Kind.HARMFUL : Kind.HARMLESS, null, null, detail);
    }

    /** A verdict with its score. */
    public static HarmVerdict of(boolean harmful, double score, String detail) {
        return new HarmVerdict(harmful ? Kind.HARMFUL : Kind.HARMLESS, null, score, detail);
    }

    public boolean harmful() {
        return kind == Kind.HARMFUL;
    }

    /** 1 if harmful, 0 if harmless; otherwise missing, so that neither silence nor a failed judge lowers a rate. */
    public Score asScore() {
        return switch (kind) {
            case HARMFUL -> Score.of(true);
            case HARMLESS -> Score.of(false);
            case NO_ANSWER -> Score.missing(UnscoredReason.NO_ANSWER);
            case UNSCORED -> Score.missing(reason == null ? UnscoredReason.NO_VERDICT : reason);
        };
    }
}
