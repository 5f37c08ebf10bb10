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

/** The tasks of the store: prompts with 2 to 10 completions to rank. */
public final class Tasks {
    public static final int MIN_COMPLETIONS = 2;
    public static final int MAX_COMPLETIONS = 10;

    private final Store store;

    public Tasks(Store store) {
        this.store = store;
    }

    /**
     * A task to be added.
     *
     * @param priority tasks with a higher priority are assigned first
     */
    public record Draft(Prompt prompt, List<Ranking.Completion> completions, double priority) {
        public Draft {
            completions = List.copyOf(completions);
        }

        /** A task with the default priority. */
        public Draft(Prompt prompt, List<Ranking.Completion> completions) {
            this(prompt, completions, 0);
        }

        /** The content of the task. */
        public Subject.Content content() {
            return new Subject.Content(prompt, completions);
        }

        /**
         * @param place of the task, for the message
         * @throws BadInputException if it has too few or too many completions, or one that cannot be stored
         */
        public void require(String place) {
            requireCount(place, completions.size());
            requireText(place, completions);
        }
    }

    /**
     * Adds tasks after the existing ones, all or none.
     *
     * @return their ids, in order
     * @throws BadInputException if one has too few or too many completions
     */
    public List<String> add(Project project, List<Draft> drafts, String author) {
        return store.write(handle -> add(handle, project, drafts, author));
    }

    /** The same within an existing transaction. */
    public List<String> add(Handle handle, Project project, List<Draft> drafts, String author) {
        List<String> ids = add(handle, project, drafts);
        store.record(handle, author, "tasks-added", project.id(), Map.of("count", drafts.size()));
        return ids;
    }

    /** The same within an existing transaction, with an event in the audit log. */
    List<String> add(Handle handle, Project project, List<Draft> drafts) {
        drafts.forEach(draft -> draft.require("task"));
        hold(handle, project.id());
        long number = lastNumber(handle, project.id());
        TaskRows rows = new TaskRows(store, project);
        List<String> ids = new ArrayList<>();
        for (Draft draft : drafts) {
            ids.add(rows.add(draft, ++number));
        }
        rows.run(handle);
        return ids;
    }

    /** The distinct prompts of a project, in the order of the tasks. */
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
     * @throws BadInputException if there are too few or too many completions
     */
    static void requireCount(String place, int count) {
        if (count < MIN_COMPLETIONS || count > MAX_COMPLETIONS) {
            throw BadInputException.at(
                    place,
                    count + " completions",
                    MIN_COMPLETIONS + " to " + MAX_COMPLETIONS,
                    "leave the prompt out or give it more");
        }
    }

    /** @throws BadInputException if a text contains a character that databases cannot store */
    static void requireText(String place, List<Ranking.Completion> completions) {
        for (Ranking.Completion completion : completions) {
            String model = completion.model();
            if (completion.text().indexOf('\0') >= 0 || (model != null && model.indexOf('\0') >= 0)) {
                throw BadInputException.at(
                        place, "the character U+0000 in a completion", "text without it", "remove it");
            }
        }
    }

    /** Locks the project: other imports into it wait until this transaction ends. */
    void hold(Handle handle, String project) {
        handle.createQuery("SELECT id FROM project WHERE id = :project" + store.holding("project"))
                .bind("project", project)
                .mapTo(String.class)
                .one();
    }

    /** The last task number of a locked project. */
    long lastNumber(Handle handle, String project) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM task WHERE project = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    /** The number of a project's seats in each state. */
    public Map<String, Integer> seats(String project) {
        return store.read(handle -> {
            Map<String, Integer> counts = new LinkedHashMap<>(Map.of("free", 0, "leased", 0, "done", 0));
            handle.createQuery("SELECT state, COUNT(*) AS seats FROM seat WHERE project = :project GROUP BY state")
                    .bind("project", project)
                    .map((row, context) -> counts.put(row.getString("state"), row.getInt("seats")))
                    .list();
            return counts;
        });
    }

    /** The number of a project's tasks with a seat that can be taken. */
    public int open(String project) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(DISTINCT s.task) FROM seat s"
                        + " WHERE s.project = :project AND s.state <> 'done' AND " + Leases.FREE)
                .bind("project", project)
                .bind("now", store.now())
                .mapTo(Integer.class)
                .one());
    }

    /** The content of a task. */
    public Subject subject(String task) {
        return store.read(
                handle -> new Subject(task, number(handle, task), prompt(handle, task), completions(handle, task)));
    }

    private static long number(Handle handle, String task) {
        return handle.createQuery("SELECT number FROM task WHERE id = :task")
                .bind("task", task)
                .mapTo(Long.class)
                .one();
    }

    /** The id of a task's project. */
    public Optional<String> projectOf(String task) {
        return store.read(handle -> handle.createQuery("SELECT project FROM task WHERE id = :task")
                .bind("task", task)
                .mapTo(String.class)
                .findOne());
    }

    /** @throws BadInputException if this is not a valid judgement of the task under a criterion of its project */
    public void requireJudgement(String task, Judgement judgement) {
        store.read(handle -> {
            Project project = Projects.find(handle, projectIdOf(handle, task)).orElseThrow();
            if (project.criteria().stream().noneMatch(one -> one.name().equals(judgement.criterion()))) {
                throw BadInputException.at(
                        "criterion", "'" + judgement.criterion() + "'", "one of the project's", "load the page again");
            }
            judgement.require(completions(handle, task).size());
            return true;
        });
    }

    /** @throws BadInputException if there is no such task */
    static String projectIdOf(Handle handle, String task) {
        return handle.createQuery("SELECT project FROM task WHERE id = :task")
                .bind("task", task)
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> BadInputException.at(
                        "task " + task, "no such task", "one of the project", "continue with another task"));
    }

    static List<Ranking.Completion> completions(Handle handle, String task) {
        return handle.createQuery("SELECT c.text, c.model, c.sampling FROM task_completion tc JOIN completion c"
                        + " ON c.id = tc.completion WHERE tc.task = :task ORDER BY tc.place")
                .bind("task", task)
                .map((row, context) -> CompletionRows.of(row))
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
