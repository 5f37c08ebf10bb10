package dev.attune.feedback.judge.reply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a text that is read as lenient JSON. */
final class JsonCursor {
    private static final Pattern WORD = Pattern.compile("[-+.\\p{L}\\p{N}_]+");
    private static final Pattern BLANKS =
            Pattern.compile("(?:\\s|(?://|#)[^\\n]*?(?=\\n|[}\\]\\s]*\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

    /** What may come after the quote that ends a text. */
    private static final Pattern AFTER_TEXT = Pattern.compile("\\s*(?:[,:}\\])]|//|#|/\\*|\\z)|\\s*\\n\\s*[\"']");

    /** Thrown where a text is not JSON. Has no stack trace. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private int at;
    private boolean hitEnd;

    JsonCursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    /** Whether the text ended inside a value. */
    boolean hitEnd() {
        return hitEnd;
    }

    void markEnd() {
        hitEnd = true;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        if (atEnd()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    void skip() {
        at++;
    }

    void expect(char c) {
        if (peek() != c) {
            throw new Malformed();
        }
        at++;
    }

    /** Skips blanks and comments; true if the text ends there. */
    boolean skipBlanks() {
        Matcher blanks = BLANKS.matcher(text).region(at, text.length());
        if (blanks.lookingAt()) {
            at = blanks.end();
        }
        hitEnd |= atEnd();
        return atEnd();
    }

    /** Skips a closing bracket if it is next; also true if the text ends there. */
    boolean closes(char close) {
        if (hitEnd || skipBlanks()) {
            return true;
        }
        if (peek() != close) {
            return false;
        }
        at++;
        return true;
    }

    /** Skips blanks, a comma and blanks, each of them if it is there. */
    void skipComma() {
        if (!hitEnd && !skipBlanks() && peek() == ',') {
            at++;
            skipBlanks();
        }
    }

    String word() {
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (!word.lookingAt()) {
            throw new Malformed();
        }
        at = word.end();
        return word.group();
    }

    /** The text in quotes; a quote of its own kind that nothing of JSON follows is part of it. */
    String quoted() {
        char quote = peek();
        StringBuilder inside = new StringBuilder();
        for (at++; !atEnd(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at += escaped(inside);
            } else if (c == quote
                    && AFTER_TEXT.matcher(text).region(at + 1, text.length()).lookingAt()) {
                at++;
                return inside.toString();
            } else {
                inside.append(c);
            }
        }
        hitEnd = true;
        return inside.toString();
    }

    /** Appends the character of the escape sequence here; returns its length less one. */
    private int escaped(StringBuilder into) {
        char c = text.charAt(at + 1);
        if (c == 'u' && text.substring(at + 2, Math.min(at + 6, text.length())).matches("\\p{XDigit}{4}")) {
            into.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
            return 5;
        }
        int control = "bfnrt".indexOf(c);
        into.append(control < 0 ? c : "\b\f\n\r\t".charAt(control));
        return 1;
    }
}
