package dev.attune.core.data;

import org.jspecify.annotations.Nullable;

/**
 * A parsed row.
 *
 * @param problem a problem of the row that did not prevent parsing it, or null
 */
record Parsed(Row row, @Nullable RowProblem problem) {
    static Parsed fine(Row row) {
        return new Parsed(row, null);
    }

    /** The same row; a ranking without an id gets a number that distinguishes it from other rankings of its line. */
    Parsed numbered(int number) {
        boolean unnamed = row instanceof Row.RankingRow ranking && !ranking.named();
        return unnamed ? new Parsed(((Row.RankingRow) row).numbered(number), problem) : this;
    }
}
