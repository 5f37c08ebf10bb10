package dev.attune.core.data;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An object with its line, or the fault of an unreadable line. Exactly one of the two is present. */
record RawRow(
        long line, @Nullable ObjectNode object, @Nullable RowProblem problem) {
    static RawRow of(long line, ObjectNode object) {
        return new RawRow(line, object, null);
    }

    static RawRow unreadable(long line, String found, String expected) {
        return new RawRow(line, null, new RowProblem(Fault.Kind.UNREADABLE, "", found, expected));
    }
}
