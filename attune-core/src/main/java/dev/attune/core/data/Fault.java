package dev.attune.core.data;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.data.thirdparty.ShapeProblem;
import dev.attune.core.error.BadInputException;

/**
 * Something wrong with one line of a file.
 *
 * @param line from 1; 0 if there is no line
 * @param key the key in the row, or an empty text for the whole row
 */
public record Fault(Kind kind, String file, long line, String key, String found, String expected) {

    /** What is wrong. Only {@link #UNREADABLE} lines do not parse; the others parse and cannot be used. */
    public enum Kind {
        UNREADABLE,
        MISSING_KEY,
        WRONG_TYPE,
        INVALID_TEXT,
        EMPTY_PROMPT,
        EMPTY_COMPLETION,
        NO_ANSWER,
        UNKNOWN_ROLE,
        DIALOGUES_PART,
        PROMPT_MISMATCH,
        IDENTICAL,
        BAD_RANKING,
        UNSUPPORTED_ANSWER,
        OVERLONG_PROMPT,
        /** A gold answer that a reward function cannot read. */
        BAD_ANSWER,
        /** Steps and labels that do not fit each other, or a step that contains the step mark. */
        BAD_STEPS,
        REFUSED_BY_TEMPLATE;

        /** The kind of a problem with a third-party row. */
        static Kind of(ShapeProblem.Kind kind) {
            return switch (kind) {
                case MISSING_KEY -> MISSING_KEY;
                case WRONG_TYPE -> WRONG_TYPE;
                case BAD_RANKING -> BAD_RANKING;
                case DIALOGUES_PART -> DIALOGUES_PART;
            };
        }

        /** The kind as reports write it, in snake_case. */
        @JsonValue
        public String configName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The file with its line. */
    public String place() {
        String at = line > 0 ? file + ":" + line : file;
        return key.isEmpty() ? at : at + ", key '" + key + "'";
    }

    /** The message for users, in one line. */
    public String message() {
        return place() + ": found " + found + ", expected " + expected;
    }

    /** The exception for a fault that ends the reading. */
    public BadInputException toException() {
        String remedy = kind == Kind.UNREADABLE ? "repair the line" : "repair the row, or set on_fault to drop";
        return BadInputException.at(place(), found, expected, remedy);
    }
}
