package dev.attune.feedback.judge.reply;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts without differences that do not matter: width of characters, kind of apostrophe, case, markup, blanks. */
final class Plain {
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]");
    private static final String MARKUP = "[\\s*_`\"'~]+";
    private static final Pattern AROUND = Pattern.compile("^" + MARKUP + "|" + "[\\s*_`\"'~.,;:!]+$");
    private static final Pattern BLANKS = Pattern.compile("[\\s_]+");

    private Plain() {}

    /** Full-width characters become plain ones, invisible ones go, apostrophes become straight. */
    static String characters(String text) {
        String narrow = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return INVISIBLE.matcher(narrow).replaceAll("").replace('\u2019', '\'').replace('\u2018', '\'');
    }

    /** A label without markup and punctuation around it, in lower case, with single blanks. */
    static String label(String text) {
        String bare = AROUND.matcher(characters(text)).replaceAll("");
        return BLANKS.matcher(bare).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** At most 60 characters of a text in one line, for messages. */
    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
