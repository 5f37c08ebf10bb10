package dev.attune.model.constraint.text;

/** A pattern that is no regular expression, or one that no finite automaton recognises. The message says which part. */
public final class PatternException extends RuntimeException {
    public PatternException(String message) {
        super(message);
    }
}
