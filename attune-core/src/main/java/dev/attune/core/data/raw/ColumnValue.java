package dev.attune.core.data.raw;

/**
 * A value of a column type that JSON lacks: a timestamp, a duration, bytes.
 *
 * @param type the column's type in SQL, for example {@code TIMESTAMP}
 * @param text the value as SQL writes it
 */
public record ColumnValue(String type, String text) {
    private static final int SHOWN = 40;

    /** The value in a few words, for messages. */
    public String describe() {
        String part = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return "a value of the column type " + type + " (" + part + ")";
    }

    @Override
    public String toString() {
        return text;
    }
}
