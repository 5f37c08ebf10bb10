package dev.attune.core.rollout;

import java.util.Locale;

/** Formats tokens and their numbers for display. */
public final class TokenText {
    private TokenText() {}

    /**
     * A token as one visible word: a middle dot stands for a space, {@code \\n}, {@code \\r} and {@code \\t} for
     * control characters.
     */
    public static String visible(String token) {
        return token.replace(' ', '\u00b7')
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** Four digits, and no negative zero. */
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.equals("-0.0000") ? "0.0000" : text;
    }
}
