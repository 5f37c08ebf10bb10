package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.quality.GivenRanking;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What people gave, as rankings: the newest revision of each. */
public final class Rankings {
    private static final String COLUMNS =
            "SELECT r.id, r.task, r.criterion, r.ranked, r.unranked, r.all_bad, r.guideline,"
                    + " r.created, l.name AS labeler, ";

    private final Store store;

    public Rankings(Store store) {
        this.store = store;
    }

    private record Place(String task, String criterion) {
        static Place of(GivenRanking given) {
            return new Place(given.task(), given.ranking().criterion());
        }
    }

    /**
     * The final ones of a project, in the order in which they were given: where a reviewer decided on a task and criterion, the
     * reviewer's alone. Test questions are left out, since their answers check labelers and were known before.
     */
    public List<Ranking> of(String project) {
        return store.read(handle -> {
            Map<String, Subject> subjects = Subject.all(handle, project);
            List<GivenRanking> decided = decided(handle, project, subjects);
            Set<Place> places = new HashSet<>();
            decided.forEach(given -> places.add(Place.of(given)));
            Set<String> tests = tests(handle, project);
            return Stream.concat(
                            given(handle, "t.project", project, subjects, Edits.of(handle, project)).stream()
                                    .filter(given -> !places.contains(Place.of(given))),
                            decided.stream())
                    .filter(given -> !tests.contains(given.task()))
                    .sorted(Comparator.comparingLong(GivenRanking::time))
                    .map(GivenRanking::ranking)
                    .toList();
        });
    }

    /** What the labelers of a project gave, in the order in which they did, test questions included. */
    public List<Ranking> all(String project) {
        return store
                .read(handle ->
                        given(handle, "t.project", project, Subject.all(handle, project), Edits.of(handle, project)))
                .stream()
                .map(GivenRanking::ranking)
                .toList();
    }

    /** The same, each with how it came about; of the task's own completions alone, which all labelers saw. */
    public List<GivenRanking> given(String project) {
        return store.read(handle -> given(handle, "t.project", project, Subject.all(handle, project), Edits.none()));
    }

    /** What labelers gave to one task. */
    public List<GivenRanking> givenTo(Subject subject) {
        return store.read(
                handle -> given(handle, "t.id", subject.task(), Map.of(subject.task(), subject), Edits.none()));
    }

    private static List<GivenRanking> given(
            Handle handle, String column, String of, Map<String, Subject> subjects, Edits edits) {
        return handle
                .createQuery(COLUMNS
                        + "r.shown, r.seconds, r.submission, r.labeler AS person FROM ranking r JOIN task t ON t.id = r.task"
                        + " JOIN labeler l ON l.id = r.labeler"
                        + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                        + " WHERE " + column + " = :of"
                        + " AND NOT EXISTS (SELECT 1 FROM ranking later WHERE later.task = r.task"
                        + " AND later.criterion = r.criterion AND later.labeler = r.labeler"
                        + " AND later.revision > r.revision) ORDER BY r.created, t.number, l.name, c.place")
                .bind("of", of)
                .map((row, context) -> given(
                        row,
                        subjects,
                        edits.of(row.getString("person"), row.getString("submission")),
                        Orders.indices(row.getString("shown")),
                        row.getDouble("seconds")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<GivenRanking> decided(Handle handle, String project, Map<String, Subject> subjects) {
        return handle
                .createQuery(COLUMNS + "r.reason FROM adjudication r JOIN task t ON t.id = r.task"
                        + " JOIN labeler l ON l.id = r.reviewer"
                        + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                        + " WHERE t.project = :project"
                        + " AND NOT EXISTS (SELECT 1 FROM adjudication later WHERE later.task = r.task"
                        + " AND later.criterion = r.criterion AND later.revision > r.revision)"
                        + " ORDER BY r.created, t.number, c.place")
                .bind("project", project)
                .map((row, context) -> given(row, subjects, List.of(), List.of(), 0))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Set<String> tests(Handle handle, String project) {
        return new HashSet<>(
                handle.createQuery("SELECT DISTINCT q.task FROM test_question q JOIN task t ON t.id = q.task"
                                + " WHERE t.project = :project")
                        .bind("project", project)
                        .mapTo(String.class)
                        .list());
    }

    /** None where only edited answers are ranked and these are not asked for. */
    private static Optional<GivenRanking> given(
            ResultSet row,
            Map<String, Subject> subjects,
            List<Ranking.Completion> edited,
            List<Integer> shown,
            double seconds)
            throws SQLException {
        Subject subject = Objects.requireNonNull(subjects.get(row.getString("task")));
        List<Ranking.Completion> completions =
                Stream.concat(subject.completions().stream(), edited.stream()).toList();
        Judgement judgement = Orders.judgement(row).among(completions.size());
        if (judgement.order().isEmpty()) {
            return Optional.empty();
        }
        Ranking ranking = new Ranking(
                row.getString("id"),
                subject.prompt(),
                completions,
                judgement.criterion(),
                judgement.order(),
                judgement.unranked(),
                row.getString("labeler"),
                Integer.toString(row.getInt("guideline")),
                Instant.ofEpochMilli(row.getLong("created")).toString());
        return Optional.of(
                new GivenRanking(subject.task(), ranking, shown, judgement.allBad(), seconds, row.getLong("created")));
    }
}
