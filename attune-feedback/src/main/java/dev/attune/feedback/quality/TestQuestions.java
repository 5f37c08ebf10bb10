package dev.attune.feedback.quality;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.quality.KnownAnswer;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Orders;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Test questions: tasks with a known best order. Labelers cannot recognise them; everyone is asked them except the
 * reviewer who gave the answer, and they are not exported.
 */
public final class TestQuestions {
    private final Store store;
    private final Tasks tasks;

    public TestQuestions(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    /**
     * Makes a task a test question under a criterion, or changes its answer.
     *
     * @throws BadInputException if this is not an order of the task's completions, or is a single tie
     */
    public void mark(String task, Judgement answer, String reviewer) {
        tasks.requireJudgement(task, answer);
        if (answer.order().size() < 2) {
            throw BadInputException.at(
                    "test question under " + answer.criterion(),
                    "an order in which no completion is above another",
                    "two ranks or more",
                    "rank one of them higher");
        }
        store.write(handle -> {
            remove(handle, task, answer.criterion());
            Insert.into("test_question")
                    .value("task", task)
                    .value("criterion", answer.criterion())
                    .value("ranked", Orders.column(answer.order()))
                    .value("unranked", Orders.column(answer.unranked()))
                    .value("all_bad", answer.allBad() ? 1 : 0)
                    .value("reviewer", reviewer)
                    .value("created", store.now())
                    .run(handle);
            store.record(handle, reviewer, "test-question-marked", task, Map.of("answer", answer));
            return true;
        });
    }

    /**
     * Removes a test question under a criterion; the task is exported again if it is not a test question under another.
     */
    public void unmark(String task, String criterion, String reviewer) {
        store.write(handle -> {
            boolean removed = remove(handle, task, criterion);
            if (removed) {
                store.record(handle, reviewer, "test-question-unmarked", task, Map.of("criterion", criterion));
            }
            return removed;
        });
    }

    private static boolean remove(Handle handle, String task, String criterion) {
        return handle.createUpdate("DELETE FROM test_question WHERE task = :task AND criterion = :criterion")
                        .bind("task", task)
                        .bind("criterion", criterion)
                        .execute()
                > 0;
    }

    /** The known answers of a task. */
    public List<Judgement> of(String task) {
        return store.read(handle -> handle.createQuery(
                        "SELECT criterion, ranked, unranked, all_bad FROM test_question WHERE task = :task")
                .bind("task", task)
                .map((row, context) -> Orders.judgement(row))
                .list());
    }

    /** The known answers of a project. */
    public List<KnownAnswer> known(String project) {
        return store.read(handle -> handle.createQuery("SELECT q.task, q.criterion, q.ranked, q.unranked, q.all_bad"
                        + " FROM test_question q JOIN task t ON t.id = q.task"
                        + " WHERE t.project = :project ORDER BY t.number, q.criterion")
                .bind("project", project)
                .map((row, context) -> {
                    Judgement answer = Orders.judgement(row);
                    return new KnownAnswer(row.getString("task"), answer.criterion(), answer.order());
                })
                .list());
    }
}
