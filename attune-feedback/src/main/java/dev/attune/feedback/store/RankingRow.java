package dev.attune.feedback.store;

import dev.attune.core.json.Json;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A row of the table of rankings; its revision is one more than the last one.
 *
 * @param shown the order in which the completions were shown, as JSON
 * @param guideline the version; 0 if it is not one of the project's
 */
record RankingRow(
        String id,
        String task,
        String labeler,
        String submission,
        Judgement judgement,
        String shown,
        int guideline,
        double seconds,
        long created) {
    private static final String SQL = "INSERT INTO ranking (id, task, criterion, labeler, revision, submission, ranked,"
            + " unranked, all_bad, shown, guideline, seconds, created) SELECT :id, :task, :criterion, :labeler,"
            + " COALESCE(MAX(revision), 0) + 1, :submission, :ranked, :unranked, :bad, :shown, :guideline, :seconds,"
            + " :created FROM ranking WHERE task = :task AND criterion = :criterion AND labeler = :labeler";

    /** Adds rows in order. */
    static void insert(Handle handle, List<RankingRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(SQL);
        rows.forEach(row -> row.bind(batch).add());
        batch.execute();
    }

    private PreparedBatch bind(PreparedBatch batch) {
        return batch.bind("id", id)
                .bind("task", task)
                .bind("criterion", judgement.criterion())
                .bind("labeler", labeler)
                .bind("submission", submission)
                .bind("ranked", Json.line(judgement.order()))
                .bind("unranked", Json.line(judgement.unranked()))
                .bind("bad", judgement.allBad() ? 1 : 0)
                .bind("shown", shown)
                .bind("guideline", guideline)
                .bind("seconds", seconds)
                .bind("created", created);
    }
}
