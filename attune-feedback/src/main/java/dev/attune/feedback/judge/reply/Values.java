package dev.attune.feedback.judge.reply;

/**
 * The values that a verdict may have.
 *
 * @param <T> the type of the values
 */
public sealed interface Values<T> permits Menu, Scale {
    /** Reads a text that is a value and nothing else, such as the inside of brackets. */
    Found<T> whole(String text);

    /** Reads the value at the beginning of a text that goes on. */
    Found<T> leading(String text);

    /** The allowed values in one phrase, for messages. */
    String expected();
}
