package dev.attune.feedback.store;

import dev.attune.core.json.Json;
import org.jdbi.v3.core.Handle;

/**
 * A row of the table of rankings; its revision follows from those that there are.
 *
 * @param shown the order in which the completions were shown, as JSON
 * @param guideline the version; 0 where it is none of the project's
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
    static void insert(Handle handle, RankingRow row) {
        Judgement judgement = row.judgement();
        handle.createUpdate("INSERT INTO ranking (id, task, criterion, labeler, revision, submission, ranked, unranked,"
                        + " all_bad, shown, guideline, seconds, created) SELECT :id, :task, :criterion, :labeler,"
                        + " COALESCE(MAX(revision), 0) + 1, :submission, :ranked, :unranked, :bad, :shown, :guideline,"
                        + " :seconds, :created FROM ranking WHERE task = :task AND criterion = :criterion"
                        + " AND labeler = :labeler")
                .bind("id", row.id())
                .bind("task", row.task())
                .bind("criterion", judgement.criterion())
                .bind("labeler", row.labeler())
                .bind("submission", row.submission())
                .bind("ranked", Json.line(judgement.order()))
                .bind("unranked", Json.line(judgement.unranked()))
                .bind("bad", judgement.allBad() ? 1 : 0)
                .bind("shown", row.shown())
                .bind("guideline", row.guideline())
                .bind("seconds", row.seconds())
                .bind("created", row.created())
                .execute();
    }
}
