package dev.attune.studio.page;

import dev.attune.core.stats.Estimate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Formats figures for pages. */
public final class FigureText {
    private static final String NONE = "–";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FigureText() {}

    /** With its interval. */
    public static String of(Optional<Estimate> estimate) {
        return estimate.map(Estimate::describe).orElse(NONE);
    }

    public static String of(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }

    public static String seconds(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.0f s", value);
    }

    /** In UTC. */
    public static String time(long millis) {
        return MINUTE.format(Instant.ofEpochMilli(millis));
    }
}
