package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The content of a task: a prompt with its completions.
 *
 * @param number of the task within its project
 * @param completions in the task's own order
 */
public record Subject(String task, long number, Prompt prompt, List<Ranking.Completion> completions) {
    public Subject {
        completions = List.copyOf(completions);
    }

    /**
     * A key that is equal for tasks with the same prompt and completions, in any order and with any sampling settings.
     */
    public record Content(Prompt prompt, List<Ranking.Completion> completions) {
        public Content {
            completions = CompletionOrder.sorted(completions);
        }
    }

    Content content() {
        return new Content(prompt, completions);
    }

    /** The tasks of a project by content; several may have the same content. */
    static Map<Content, List<Subject>> tasks(Handle handle, String project) {
        Map<Content, List<Subject>> tasks = new HashMap<>();
        for (Subject one : all(handle, project).values()) {
            tasks.computeIfAbsent(one.content(), content -> new ArrayList<>()).add(one);
        }
        return tasks;
    }

    /** The contents of a project's tasks by id, in the order of tasks, read in two queries. */
    public static Map<String, Subject> all(Handle handle, String project) {
        Map<String, List<Ranking.Completion>> completions = completions(handle, project);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        handle.createQuery("SELECT t.id, t.number, p.content FROM task t JOIN prompt p ON p.id = t.prompt"
                        + " WHERE t.project = :project ORDER BY t.number")
                .bind("project", project)
                .map((row, context) -> new Subject(
                        row.getString("id"),
                        row.getLong("number"),
                        Json.records().readValue(row.getString("content"), Prompt.class),
                        completions.getOrDefault(row.getString("id"), List.of())))
                .forEach(subject -> subjects.put(subject.task(), subject));
        return subjects;
    }

    private static Map<String, List<Ranking.Completion>> completions(Handle handle, String project) {
        Map<String, List<Ranking.Completion>> completions = new LinkedHashMap<>();
        handle.createQuery("SELECT tc.task, c.text, c.model, c.sampling FROM task_completion tc"
                        + " JOIN completion c ON c.id = tc.completion JOIN task t ON t.id = tc.task"
                        + " WHERE t.project = :project ORDER BY tc.task, tc.place")
                .bind("project", project)
                .map((row, context) -> completions
                        .computeIfAbsent(row.getString("task"), task -> new ArrayList<>())
                        .add(CompletionRows.of(row)))
                .list();
        return completions;
    }
}
