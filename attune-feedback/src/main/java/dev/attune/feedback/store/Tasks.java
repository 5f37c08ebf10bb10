package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is to be ranked: a prompt with 2 to 10 completions. */
public final class Tasks {
    public static final int FEWEST = 2;
    public static final int MOST = 10;

    private final Store store;

    public Tasks(Store store) {
        this.store = store;
    }

    /** A task before it is in the store. */
    public record Draft(Prompt prompt, List<Ranking.Completion> completions) {
        public Draft {
            completions = List.copyOf(completions);
        }
    }

    /**
     * Adds tasks behind those that there are, all or none.
     *
     * @return their ids, in order
     * @throws BadInputException where one has too few or too many completions
     */
    public List<String> add(Project project, List<Draft> drafts, String author) {
        return store.write(handle -> add(handle, project, drafts, author));
    }

    /** The same within a transaction that does more. */
    public List<String> add(Handle handle, Project project, List<Draft> drafts, String author) {
        drafts.forEach(draft -> requireCount("task", draft.completions().size()));
        long number = lastNumber(handle, project.id());
        List<String> ids = new ArrayList<>();
        for (Draft draft : drafts) {
            ids.add(add(handle, project, draft, ++number));
        }
        store.record(handle, author, "tasks-added", project.id(), Map.of("count", drafts.size()));
        return ids;
    }

    /** What is asked in a project, each prompt once, in the order of the tasks. */
    public List<Prompt> prompts(String project) {
        return store
                .read(handle -> handle.createQuery("SELECT p.content FROM task t JOIN prompt p ON p.id = t.prompt"
                                + " WHERE t.project = :project ORDER BY t.number")
                        .bind("project", project)
                        .mapTo(String.class)
                        .list())
                .stream()
                .distinct()
                .map(content -> Json.records().readValue(content, Prompt.class))
                .toList();
    }

    /**
     * @param place of the task, for the message
     * @throws BadInputException where there are too few or too many completions
     */
    static void requireCount(String place, int count) {
        if (count < FEWEST || count > MOST) {
            throw BadInputException.at(
                    place, count + " completions", FEWEST + " to " + MOST, "leave the prompt out or give it more");
        }
    }

    private static long lastNumber(Handle handle, String project) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM task WHERE project = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    private String add(Handle handle, Project project, Draft draft, long number) {
        long now = store.now();
        String prompt = Ids.at(now);
        Insert.into("prompt")
                .value("id", prompt)
                .value("project", project.id())
                .value("content", Json.line(draft.prompt()))
                .value("created", now)
                .run(handle);
        String task = Ids.at(now);
        Insert.into("task")
                .value("id", task)
                .value("project", project.id())
                .value("prompt", prompt)
                .value("number", number)
                .value("created", now)
                .run(handle);
        for (int place = 0; place < draft.completions().size(); place++) {
            addCompletion(handle, task, prompt, place, draft.completions().get(place), now);
        }
        for (int seat = 1; seat <= project.overlap(); seat++) {
            Insert.into("seat")
                    .value("task", task)
                    .value("number", seat)
                    .value("state", "free")
                    .run(handle);
        }
        return task;
    }

    private static void addCompletion(
            Handle handle, String task, String prompt, int place, Ranking.Completion completion, long now) {
        String id = Ids.at(now);
        Insert.into("completion")
                .value("id", id)
                .value("prompt", prompt)
                .value("text", completion.text())
                .value("model", completion.model())
                .value("created", now)
                .run(handle);
        Insert.into("task_completion")
                .value("task", task)
                .value("place", place)
                .value("completion", id)
                .run(handle);
    }

    /** How many seats of a project are in each state. */
    public Map<String, Integer> seats(String project) {
        return store.read(handle -> {
            Map<String, Integer> counts = new LinkedHashMap<>(Map.of("free", 0, "leased", 0, "done", 0));
            handle.createQuery("SELECT s.state, COUNT(*) AS seats FROM seat s JOIN task t ON t.id = s.task"
                            + " WHERE t.project = :project GROUP BY s.state")
                    .bind("project", project)
                    .map((row, context) -> counts.put(row.getString("state"), row.getInt("seats")))
                    .list();
            return counts;
        });
    }

    /** The id of the project that a task belongs to. */
    public Optional<String> projectOf(String task) {
        return store.read(handle -> handle.createQuery("SELECT project FROM task WHERE id = :task")
                .bind("task", task)
                .mapTo(String.class)
                .findOne());
    }

    static List<Ranking.Completion> completions(Handle handle, String task) {
        return handle.createQuery("SELECT c.text, c.model FROM task_completion tc JOIN completion c"
                        + " ON c.id = tc.completion WHERE tc.task = :task ORDER BY tc.place")
                .bind("task", task)
                .map((row, context) -> new Ranking.Completion(row.getString("text"), row.getString("model")))
                .list();
    }

    static Prompt prompt(Handle handle, String task) {
        String content = handle.createQuery(
                        "SELECT p.content FROM task t JOIN prompt p ON p.id = t.prompt WHERE t.id = :task")
                .bind("task", task)
                .mapTo(String.class)
                .one();
        return Json.records().readValue(content, Prompt.class);
    }
}
