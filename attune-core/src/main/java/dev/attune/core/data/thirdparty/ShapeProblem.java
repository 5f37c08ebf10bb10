package dev.attune.core.data.thirdparty;

import java.io.Serial;

/** Thrown if a row of a third-party shape cannot be read. Has no stack trace. */
public final class ShapeProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** What is wrong with the row. */
    public enum Kind {
        MISSING_KEY,
        WRONG_TYPE,
        BAD_RANKING,
        DIALOGUES_PART
    }

    private final Kind kind;
    private final String key;
    private final String found;
    private final String expected;

    ShapeProblem(Kind kind, String key, String found, String expected) {
        super(found, null, false, false);
        this.kind = kind;
        this.key = key;
        this.found = found;
        this.expected = expected;
    }

    public Kind kind() {
        return kind;
    }

    public String key() {
        return key;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
