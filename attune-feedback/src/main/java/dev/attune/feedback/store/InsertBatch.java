package dev.attune.feedback.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Inserts rows of several tables together: table by table, in the order in which the tables were first used. */
final class InsertBatch {
    private final Map<String, List<Insert>> tables = new LinkedHashMap<>();

    /** Adds a row; rows of one table must have the same columns. */
    void add(Insert row) {
        tables.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row);
    }

    /** Writes the rows that were added since the last call. */
    void run(Handle handle) {
        for (List<Insert> rows : tables.values()) {
            if (!rows.isEmpty()) {
                PreparedBatch batch = handle.prepareBatch(rows.get(0).sql());
                rows.forEach(row -> batch.bindMap(row.values()).add());
                batch.execute();
                rows.clear();
            }
        }
    }
}
