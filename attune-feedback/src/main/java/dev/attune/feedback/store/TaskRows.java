package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import org.jdbi.v3.core.Handle;

/** New tasks of a project with their prompts, completions and seats, written together. */
final class TaskRows {
    private final Store store;
    private final Project project;
    private final InsertBatch rows = new InsertBatch();

    TaskRows(Store store, Project project) {
        this.store = store;
        this.project = project;
    }

    /** Adds a task to be written; returns its id. */
    String add(Tasks.Draft draft, long number) {
        long now = store.now();
        String prompt = Ids.at(now);
        rows.add(Insert.into("prompt")
                .value("id", prompt)
                .value("project", project.id())
                .value("content", Json.line(draft.prompt()))
                .value("created", now));
        String task = Ids.at(now);
        rows.add(Insert.into("task")
                .value("id", task)
                .value("project", project.id())
                .value("prompt", prompt)
                .value("number", number)
                .value("priority", draft.priority())
                .value("created", now));
        for (int place = 0; place < draft.completions().size(); place++) {
            addCompletion(task, prompt, place, draft.completions().get(place), now);
        }
        for (int seat = 1; seat <= project.overlap(); seat++) {
            addSeat(task, seat, draft.priority(), number);
        }
        return task;
    }

    private void addCompletion(String task, String prompt, int place, Ranking.Completion completion, long now) {
        String id = Ids.at(now);
        rows.add(CompletionRows.row(id, prompt, completion, now));
        rows.add(Insert.into("task_completion")
                .value("task", task)
                .value("place", place)
                .value("completion", id));
    }

    private void addSeat(String task, int seat, double priority, long number) {
        rows.add(Insert.into("seat")
                .value("project", project.id())
                .value("priority", priority)
                .value("place", number)
                .value("task", task)
                .value("number", seat)
                .value("state", "free"));
    }

    /** Writes the tasks that were added since the last call. */
    void run(Handle handle) {
        rows.run(handle);
    }
}
