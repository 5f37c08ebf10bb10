package dev.attune.studio.page;

import dev.attune.core.chart.Html;
import dev.attune.core.stats.Estimate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Formats figures for pages. */
public final class FigureText {
    private static final String NONE = "–";
    private static final int BEGINNING = 70;
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

    /** A share in percent, without its interval. */
    public static String percent(@Nullable Estimate share) {
        return share == null ? NONE : Html.percent(share.value());
    }

    /** The interval of a share in percent. */
    public static String interval(Estimate share) {
        return String.format(
                Locale.ROOT,
                "%.1f to %.1f",
                100 * share.interval().low(),
                100 * share.interval().high());
    }

    public static String seconds(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.0f s", value);
    }

    /** The beginning of a text in one line. */
    public static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        int end = line.offsetByCodePoints(0, Math.min(BEGINNING, line.codePointCount(0, line.length())));
        return line.substring(0, end) + (end < line.length() ? "…" : "");
    }

    /** In UTC. */
    public static String time(long millis) {
        return MINUTE.format(Instant.ofEpochMilli(millis));
    }
}
