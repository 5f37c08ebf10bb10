package dev.attune.feedback.evaluation;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a measure.
 *
 * @param name such as {@code complied}
 * @param category of the prompts it is over; empty for all of them
 * @param share whether the value is a share in [0, 1]
 * @param estimate with its 95 % interval, for which prompts are the unit; null if nothing was scored
 * @param unscored answers without a verdict, by reason
 */
public record Reading(
        String name,
        String category,
        boolean share,
        Goal goal,
        @Nullable Estimate estimate,
        Map<UnscoredReason, Long> unscored) {
    public Reading {
        EnumMap<UnscoredReason, Long> copy = new EnumMap<>(UnscoredReason.class);
        copy.putAll(unscored);
        unscored = Collections.unmodifiableMap(copy);
    }

    /** Number of answers without a verdict. */
    public long unscoredCount() {
        return unscored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The name as people read it. */
    public String label() {
        return name.replace('_', ' ');
    }

    /** The value with its interval: shares in percent; "none" if nothing was scored. */
    public String describe() {
        return estimate == null
                ? "none"
                : scaled(estimate.value())
                        + (share ? " %" : "")
                        + " ["
                        + scaled(estimate.interval().low())
                        + ", "
                        + scaled(estimate.interval().high())
                        + "]";
    }

    /** The answers without a verdict by reason, in words; empty if there are none. */
    public String describeUnscored() {
        return unscored.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words())
                .collect(Collectors.joining(", "));
    }

    /** A value of this reading with one digit after the point: shares in percent. */
    String scaled(double value) {
        return String.format(Locale.ROOT, "%.1f", (share ? 100 : 1) * value);
    }
}
