package dev.attune.model.template.jinja;

import java.util.function.IntPredicate;

/** String functions for which Python differs from Java: white space, and counting by code points. */
final class Text {
    private Text() {}

    static boolean isSpace(int c) {
        return (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** Whether a text is only white space. */
    static boolean isSpace(String text) {
        return !text.isEmpty() && text.chars().allMatch(Text::isSpace);
    }

    static String leftStripped(String text) {
        return leftStripped(text, Text::isSpace);
    }

    static String rightStripped(String text) {
        return rightStripped(text, Text::isSpace);
    }

    static String leftStripped(String text, IntPredicate goes) {
        int start = 0;
        while (start < text.length() && goes.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    static String rightStripped(String text, IntPredicate goes) {
        int end = text.length();
        while (end > 0 && goes.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The first letter upper case, the rest lower case. */
    static String capitalised(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = Character.charCount(text.codePointAt(0));
        return text.substring(0, end).toUpperCase(java.util.Locale.ROOT)
                + text.substring(end).toLowerCase(java.util.Locale.ROOT);
    }
}
