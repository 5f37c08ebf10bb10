package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What labelers gave, as rankings: the newest revision of each. */
public final class Rankings {
    private final Store store;

    public Rankings(Store store) {
        this.store = store;
    }

    /** All of a project, in the order in which they were given. */
    public List<Ranking> of(String project) {
        return store.read(handle -> of(handle, project));
    }

    /** What was ranked; several rankings of a project are of one task. */
    private record Subject(Prompt prompt, List<Ranking.Completion> completions) {
        static Subject of(Handle handle, String task) {
            return new Subject(Tasks.prompt(handle, task), Tasks.completions(handle, task));
        }
    }

    private static List<Ranking> of(Handle handle, String project) {
        Map<String, Subject> subjects = new HashMap<>();
        return handle.createQuery("SELECT r.id, r.task, r.criterion, r.ranked, r.unranked, r.guideline, r.created,"
                        + " l.name AS labeler FROM ranking r JOIN task t ON t.id = r.task"
                        + " JOIN labeler l ON l.id = r.labeler"
                        + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                        + " WHERE t.project = :project"
                        + " AND NOT EXISTS (SELECT 1 FROM ranking later WHERE later.task = r.task"
                        + " AND later.criterion = r.criterion AND later.labeler = r.labeler"
                        + " AND later.revision > r.revision) ORDER BY r.created, t.number, l.name, c.place")
                .bind("project", project)
                .map((row, context) -> {
                    Subject subject = subjects.computeIfAbsent(row.getString("task"), task -> Subject.of(handle, task));
                    return new Ranking(
                            row.getString("id"),
                            subject.prompt(),
                            subject.completions(),
                            row.getString("criterion"),
                            groups(row.getString("ranked")),
                            Queue.indices(row.getString("unranked")),
                            row.getString("labeler"),
                            Integer.toString(row.getInt("guideline")),
                            Instant.ofEpochMilli(row.getLong("created")).toString());
                })
                .list();
    }

    private static List<List<Integer>> groups(String json) {
        return Stream.of(Json.records().readValue(json, Integer[][].class))
                .map(group -> Arrays.stream(group).toList())
                .toList();
    }
}
