package dev.attune.core.reward.verify;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matching of a pattern with a limit of steps: some patterns need exponential time on some texts. A step is one look at a
 * character, so that the result is the same on every machine.
 */
final class BoundedMatch {
    /** About a second. */
    static final long MAX_STEPS = 50_000_000;

    private BoundedMatch() {}

    /** The pattern used up its steps, or its stack. */
    static final class LimitException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private final String reason;

        LimitException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Work on a matcher. */
    interface Use<T> {
        T of(Matcher matcher);
    }

    /** @throws LimitException if the pattern needs too many steps */
    static <T> T match(Pattern pattern, CharSequence text, long steps, Use<T> use) {
        try {
            return use.of(pattern.matcher(new CountedText(text, steps)));
        } catch (StackOverflowError e) {
            throw new LimitException("the pattern needs more stack than there is");
        }
    }

    /** A text that counts how often it is looked at. */
    private static final class CountedText implements CharSequence {
        private final CharSequence text;
        private long left;

        CountedText(CharSequence text, long steps) {
            this.text = text;
            this.left = steps;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new LimitException("the pattern needs too many steps");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
