package dev.attune.core.data;

import java.io.Serial;

/** Thrown for an object that cannot be parsed into a row; carries the fault without its place. Has no stack trace. */
final class RowProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Fault.Kind kind;
    private final String key;
    private final String found;
    private final String expected;

    RowProblem(Fault.Kind kind, String key, String found, String expected) {
        super(found, null, false, false);
        this.kind = kind;
        this.key = key;
        this.found = found;
        this.expected = expected;
    }

    /** Whether the row can be used if faults are kept. */
    boolean usable() {
        return kind != Fault.Kind.REFUSED_BY_TEMPLATE && kind != Fault.Kind.BAD_STEPS;
    }

    Fault at(String file, long line) {
        return new Fault(kind, file, line, key, found, expected);
    }
}
