package dev.attune.core.data;

import org.jspecify.annotations.Nullable;

/**
 * What an object came to.
 *
 * @param problem what is wrong with the row all the same, or null
 */
record Parsed(Row row, @Nullable RowProblem problem) {
    static Parsed fine(Row row) {
        return new Parsed(row, null);
    }
}
