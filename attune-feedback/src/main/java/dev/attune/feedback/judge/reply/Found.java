package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;

/**
 * What a form found in a reply.
 *
 * @param <T> the type of the value
 */
public sealed interface Found<T> {
    /**
     * A value.
     *
     * @param cut whether the text ends early, after the value
     */
    record Value<T>(T value, boolean cut) implements Found<T> {}

    /** No value. */
    record Nothing<T>(UnscoredReason reason, String detail) implements Found<T> {}

    static <T> Found<T> value(T value) {
        return new Value<>(value, false);
    }

    static <T> Found<T> nothing(UnscoredReason reason, String detail) {
        return new Nothing<>(reason, detail);
    }

    static <T> Found<T> offMenu(String text, Values<T> values) {
        String found = text.isBlank() ? "nothing" : "'" + Plain.shortened(text) + "'";
        return nothing(UnscoredReason.OFF_MENU, "found " + found + ", expected " + values.expected());
    }

    /** Whether it is nothing for this reason. */
    default boolean isNothing(UnscoredReason reason) {
        return this instanceof Nothing<T> nothing && nothing.reason() == reason;
    }

    /** The same with its value marked as cut. */
    default Found<T> afterCut() {
        return this instanceof Value<T> found ? new Value<>(found.value(), true) : this;
    }

    /** As a verdict of this reply. */
    default Verdict<T> in(String reply) {
        if (this instanceof Value<T> found) {
            return new Verdict.Scored<>(found.value(), found.cut(), reply);
        }
        Nothing<T> nothing = (Nothing<T>) this;
        return Verdict.unscored(nothing.reason(), nothing.detail(), reply);
    }
}
