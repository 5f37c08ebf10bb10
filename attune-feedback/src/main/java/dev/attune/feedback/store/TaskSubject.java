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

/** What is ranked: a prompt with its completions in the task's own order. */
record TaskSubject(Prompt prompt, List<Ranking.Completion> completions) {
    TaskSubject {
        completions = List.copyOf(completions);
    }

    /** Those of all tasks of a project, by task, in the order of their numbers. */
    static Map<String, TaskSubject> of(Handle handle, String project) {
        Map<String, List<Ranking.Completion>> completions = new HashMap<>();
        handle.createQuery("SELECT tc.task, c.text, c.model FROM task t JOIN task_completion tc ON tc.task = t.id"
                        + " JOIN completion c ON c.id = tc.completion WHERE t.project = :project"
                        + " ORDER BY tc.task, tc.place")
                .bind("project", project)
                .map((row, context) -> completions
                        .computeIfAbsent(row.getString("task"), task -> new ArrayList<>())
                        .add(new Ranking.Completion(row.getString("text"), row.getString("model"))))
                .list();
        Map<String, TaskSubject> subjects = new LinkedHashMap<>();
        handle.createQuery("SELECT t.id, p.content FROM task t JOIN prompt p ON p.id = t.prompt"
                        + " WHERE t.project = :project ORDER BY t.number")
                .bind("project", project)
                .map((row, context) -> subjects.put(
                        row.getString("id"),
                        new TaskSubject(
                                Json.records().readValue(row.getString("content"), Prompt.class),
                                completions.getOrDefault(row.getString("id"), List.of()))))
                .list();
        return subjects;
    }

    /** The tasks of a project by what is ranked in them; several may be the same. */
    static Map<TaskSubject, List<String>> tasks(Handle handle, String project) {
        Map<TaskSubject, List<String>> tasks = new HashMap<>();
        of(handle, project).forEach((task, subject) -> tasks.computeIfAbsent(subject, key -> new ArrayList<>())
                .add(task));
        return tasks;
    }
}
