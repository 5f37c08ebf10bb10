package dev.attune.core.text;

import java.util.Locale;

/** The words of a text, for comparisons in which case, punctuation and white space do not count. */
public final class PlainWords {
    private PlainWords() {}

    /** The runs of letters and digits in lower case, with one blank between them; empty if there are none. */
    public static String of(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
