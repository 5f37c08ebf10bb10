package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The edited answers of labelers.
 *
 * @param bySubmission the completions that a submission appends to those of its task
 */
record Edits(Map<String, List<Ranking.Completion>> bySubmission) {
    static Edits of(Handle handle, String project) {
        return read(handle, "t.project", project);
    }

    static Edits ofTask(Handle handle, String task) {
        return read(handle, "t.id", task);
    }

    private static Edits read(Handle handle, String column, String of) {
        Map<String, List<Ranking.Completion>> edits = new LinkedHashMap<>();
        handle.createQuery("SELECT e.submission, e.labeler, e.text, l.name FROM edited_answer e"
                        + " JOIN task t ON t.id = e.task JOIN labeler l ON l.id = e.labeler"
                        + " WHERE " + column + " = :of ORDER BY e.submission, e.place")
                .bind("of", of)
                .map((row, context) -> edits.computeIfAbsent(
                                key(row.getString("labeler"), row.getString("submission")), key -> new ArrayList<>())
                        .add(new Ranking.Completion(row.getString("text"), "edited by " + row.getString("name"))))
                .list();
        return new Edits(edits);
    }

    private static String key(String labeler, String submission) {
        return labeler + " " + submission;
    }

    /** No edits. */
    static Edits none() {
        return new Edits(Map.of());
    }

    List<Ranking.Completion> of(String labeler, String submission) {
        return bySubmission.getOrDefault(key(labeler, submission), List.of());
    }
}
