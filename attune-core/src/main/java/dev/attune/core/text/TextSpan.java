package dev.attune.core.text;

/**
 * A span of a text.
 *
 * @param start index of its first UTF-16 unit
 * @param end index after its last UTF-16 unit
 */
public record TextSpan(int start, int end) {
    public TextSpan {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span from " + start + " to " + end);
        }
    }

    public int length() {
        return end - start;
    }

    /** The same span in a text that starts {@code by} units earlier. */
    public TextSpan shifted(int by) {
        return new TextSpan(start + by, end + by);
    }
}
