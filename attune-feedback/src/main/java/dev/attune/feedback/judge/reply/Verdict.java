package dev.attune.feedback.judge.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a judge's reply says. An unscored verdict is an outcome of its own; it is never a default value.
 *
 * @param <T> the type of its value
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Verdict.Scored.class), @JsonSubTypes.Type(Verdict.Unscored.class)})
public sealed interface Verdict<T> {
    /** The judge's reply, as received; empty if there is none. */
    String reply();

    /**
     * A verdict with a value.
     *
     * @param cut whether the reply ends early, after its verdict
     */
    record Scored<T>(T value, boolean cut, String reply) implements Verdict<T> {
        public Scored {
            if (value instanceof Double number && !Double.isFinite(number)) {
                throw new IllegalArgumentException("a verdict of " + number);
            }
        }
    }

    /**
     * No verdict.
     *
     * @param detail the cause in one line, for people
     */
    record Unscored<T>(UnscoredReason reason, String detail, String reply) implements Verdict<T> {}

    static <T> Verdict<T> scored(T value, String reply) {
        return new Scored<>(value, false, reply);
    }

    static <T> Verdict<T> unscored(UnscoredReason reason, String detail, String reply) {
        return new Unscored<>(reason, detail, reply);
    }

    /** The value; empty if unscored. */
    default Optional<T> scoredValue() {
        return this instanceof Scored<T> scored ? Optional.of(scored.value()) : Optional.empty();
    }

    /** Why there is no value; empty if there is one. */
    default Optional<UnscoredReason> unscoredReason() {
        return this instanceof Unscored<T> unscored ? Optional.of(unscored.reason()) : Optional.empty();
    }

    /** The verdict with its value replaced; an unscored one stays as it is. */
    default <R> Verdict<R> map(Function<T, R> function) {
        if (this instanceof Scored<T> scored) {
            return new Scored<>(function.apply(scored.value()), scored.cut(), scored.reply());
        }
        Unscored<T> unscored = (Unscored<T>) this;
        return new Unscored<>(unscored.reason(), unscored.detail(), unscored.reply());
    }
}
