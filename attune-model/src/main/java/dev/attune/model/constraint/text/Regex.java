package dev.attune.model.constraint.text;

import java.util.List;

/** A regular expression without look-around and back references. */
sealed interface Regex {
    /** One code point of a set. */
    record One(CodePoints set) implements Regex {}

    /** One after another; the empty text if there are none. */
    record Sequence(List<Regex> parts) implements Regex {}

    /** Any of them. */
    record Choice(List<Regex> options) implements Regex {}

    /**
     * Several in a row.
     *
     * @param max the largest number, -1 if there is none
     */
    record Repeat(Regex part, int min, int max) implements Regex {}

    /** The beginning of the text. */
    record Begin() implements Regex {}

    /** The end of the text. */
    record End() implements Regex {}
}
