package dev.attune.core.data;

import org.jspecify.annotations.Nullable;

/**
 * A row made of an object.
 *
 * @param problem what is wrong with the row although it could be made, or null
 */
record Parsed(Row row, @Nullable RowProblem problem) {
    static Parsed fine(Row row) {
        return new Parsed(row, null);
    }

    /** The same; a ranking without an id is told from the other rankings of its line by a number. */
    Parsed numbered(int number) {
        boolean unnamed = row instanceof Row.RankingRow ranking && !ranking.named();
        return unnamed ? new Parsed(((Row.RankingRow) row).numbered(number), problem) : this;
    }
}
