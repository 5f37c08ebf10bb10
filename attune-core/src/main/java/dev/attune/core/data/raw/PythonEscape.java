package dev.attune.core.data.raw;

import java.util.Optional;

/**
 * An escape sequence of a Python string.
 *
 * @param text the characters it stands for
 * @param length the number of characters after the backslash
 */
record PythonEscape(String text, int length) {
    private static final String SIMPLE = "\\'\"abfnrtv";
    private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

    /** The sequence whose backslash is before the index; empty if it is cut off or has wrong digits. */
    static Optional<PythonEscape> at(String source, int index) {
        if (index >= source.length()) {
            return Optional.empty();
        }
        char c = source.charAt(index);
        int simple = SIMPLE.indexOf(c);
        if (simple >= 0) {
            return Optional.of(new PythonEscape(String.valueOf(MEANT.charAt(simple)), 1));
        }
        return switch (c) {
            case '\n' -> Optional.of(new PythonEscape("", 1));
            case 'x' -> code(source, index, 1, 2, 16);
            case 'u' -> code(source, index, 1, 4, 16);
            case 'U' -> code(source, index, 1, 8, 16);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> code(source, index, 0, octalDigits(source, index), 8);
            default -> Optional.of(new PythonEscape("\\" + c, 1));
        };
    }

    private static int octalDigits(String source, int index) {
        int digits = 0;
        while (digits < 3
                && index + digits < source.length()
                && Character.digit(source.charAt(index + digits), 8) >= 0) {
            digits++;
        }
        return digits;
    }

    private static Optional<PythonEscape> code(String source, int index, int skipped, int digits, int radix) {
        int end = index + skipped + digits;
        if (end > source.length()) {
            return Optional.empty();
        }
        try {
            int code = Integer.parseInt(source.substring(index + skipped, end), radix);
            return Character.isValidCodePoint(code)
                    ? Optional.of(new PythonEscape(Character.toString(code), skipped + digits))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
