package dev.attune.cli.evaluation;

import java.util.Locale;

/** Numbers of tables. */
final class Numbers {
    private Numbers() {}

    /** With one digit after the point, or two below 10 where shares are not meant. */
    static String of(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
