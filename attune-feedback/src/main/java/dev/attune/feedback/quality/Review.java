package dev.attune.feedback.quality;

import dev.attune.core.stats.quality.KnownAnswer;
import dev.attune.core.stats.quality.TaskAgreement;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tasks that reviewers should look at. */
public final class Review {
    private final Store store;
    private final Rankings rankings;
    private final Notes notes;
    private final Adjudications adjudications;
    private final TestQuestions tests;

    public Review(Store store) {
        this.store = store;
        this.rankings = new Rankings(store);
        this.notes = new Notes(store);
        this.adjudications = new Adjudications(store);
        this.tests = new TestQuestions(store);
    }

    /**
     * The tasks of a project with contradictions between labelers, notes, a reviewer's decision, or a test question.
     * Lowest agreement first, then in the order of tasks.
     */
    public List<ReviewItem> of(String project) {
        Map<String, List<TaskAgreement>> disputed = by(
                TaskAgreement.of(rankings.given(project)).stream()
                        .filter(task -> task.contradictions() > 0)
                        .toList(),
                TaskAgreement::task);
        Map<String, List<Note>> noted = by(notes.ofProject(project), Note::task);
        Map<String, List<Adjudication>> decided = by(adjudications.ofProject(project), Adjudication::task);
        Set<String> known = tests.known(project).stream().map(KnownAnswer::task).collect(Collectors.toSet());
        return store.read(handle -> Subject.all(handle, project)).values().stream()
                .map(subject -> item(
                        subject,
                        disputed.getOrDefault(subject.task(), List.of()),
                        noted.getOrDefault(subject.task(), List.of()),
                        decided.getOrDefault(subject.task(), List.of()),
                        known.contains(subject.task())))
                .filter(Review::isWorthALook)
                .sorted(Comparator.comparingDouble(ReviewItem::agreement))
                .toList();
    }

    private static boolean isWorthALook(ReviewItem item) {
        return item.test()
                || !item.disputed().isEmpty()
                || !item.notes().isEmpty()
                || !item.decided().isEmpty();
    }

    /** Contradictions that need a decision; on test questions they need none, because the answer is known. */
    private static ReviewItem item(
            Subject subject,
            List<TaskAgreement> disputed,
            List<Note> notes,
            List<Adjudication> adjudications,
            boolean test) {
        List<String> decided = adjudications.stream()
                .map(adjudication -> adjudication.judgement().criterion())
                .toList();
        List<TaskAgreement> open = disputed.stream()
                .filter(task -> !test && !decided.contains(task.criterion()))
                .toList();
        return new ReviewItem(subject, open, notes, decided, test);
    }

    private static <T> Map<String, List<T>> by(List<T> all, Function<T, String> task) {
        return all.stream().collect(Collectors.groupingBy(task));
    }
}
