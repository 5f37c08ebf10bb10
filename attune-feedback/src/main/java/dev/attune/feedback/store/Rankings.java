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
import org.jspecify.annotations.Nullable;

/** The rankings of the store: the newest revision of each. */
public final class Rankings {
    private static final String COLUMNS =
            "SELECT r.id, r.task, r.criterion, r.ranked, r.unranked, r.all_bad, r.guideline, r.created, c.place,"
                    + " l.name AS labeler, ";

    /** The SQL condition that r is the last revision of a labeler's ranking of a task under a criterion. */
    private static final String NEWEST = "NOT EXISTS (SELECT 1 FROM ranking later WHERE later.task = r.task"
            + " AND later.criterion = r.criterion AND later.labeler = r.labeler AND later.revision > r.revision)";

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
     * A ranking with its sort key: time, labeler, criterion and id, so that a copy of the project has the same order.
     */
    private record Listed(GivenRanking given, int criterion) {
        static final Comparator<Listed> ORDER = Comparator.comparingLong(
                        (Listed listed) -> listed.given().time())
                .thenComparing(listed -> listed.given().ranking().labeler())
                .thenComparingInt(Listed::criterion)
                .thenComparing(listed -> listed.given().ranking().id());

        private static Stream<GivenRanking> sorted(Stream<Listed> all) {
            return all.sorted(ORDER).map(Listed::given);
        }
    }

    /**
     * The final rankings of a project, by time: if a reviewer decided on a task and criterion, only the reviewer's.
     * Test questions are left out, because their answers are known.
     */
    public List<Ranking> of(String project) {
        return store.readAtOnce(handle -> {
            Map<String, Subject> subjects = Subject.all(handle, project);
            List<Listed> decided = decided(handle, project, subjects);
            Set<Place> places = new HashSet<>();
            decided.forEach(listed -> places.add(Place.of(listed.given())));
            Set<String> tests = tests(handle, project);
            Stream<Listed> undecided = given(handle, "t.project", project, subjects, Edits.of(handle, project))
                    .filter(listed -> !places.contains(Place.of(listed.given())));
            return Listed.sorted(Stream.concat(undecided, decided.stream()))
                    .filter(given -> !tests.contains(given.task()))
                    .map(GivenRanking::ranking)
                    .toList();
        });
    }

    /** The labelers' rankings of a project by time, test questions included. */
    public List<Ranking> all(String project) {
        return store.readAtOnce(handle -> Listed.sorted(
                        given(handle, "t.project", project, Subject.all(handle, project), Edits.of(handle, project)))
                .map(GivenRanking::ranking)
                .toList());
    }

    /**
     * The same with display order, duration and time, restricted to the task's own completions, which all labelers saw.
     */
    public List<GivenRanking> given(String project) {
        return store.readAtOnce(
                handle -> Listed.sorted(given(handle, "t.project", project, Subject.all(handle, project), Edits.none()))
                        .toList());
    }

    /**
     * The labelers' rankings of one task.
     *
     * @param rankings of the task's own completions, followed by those that the labeler edited
     * @param edits edits of each labeler, in order
     */
    public record Given(List<GivenRanking> rankings, List<EditedAnswer> edits) {
        public Given {
            rankings = List.copyOf(rankings);
            edits = List.copyOf(edits);
        }
    }

    /** The labelers' rankings of one task, edited answers included. */
    public Given givenTo(Subject subject) {
        return store.readAtOnce(handle -> new Given(
                Listed.sorted(given(
                                handle,
                                "t.id",
                                subject.task(),
                                Map.of(subject.task(), subject),
                                Edits.ofTask(handle, subject.task())))
                        .toList(),
                edits(handle, subject.task())));
    }

    /** The edits in the newest rankings. */
    private static List<EditedAnswer> edits(Handle handle, String task) {
        return handle.createQuery("SELECT l.name, e.original, e.text FROM edited_answer e"
                        + " JOIN labeler l ON l.id = e.labeler WHERE e.task = :task"
                        + " AND EXISTS (SELECT 1 FROM ranking r WHERE r.task = e.task AND r.labeler = e.labeler"
                        + " AND r.submission = e.submission AND " + NEWEST + ")"
                        + " ORDER BY l.name, l.id, e.place")
                .bind("task", task)
                .map((row, context) ->
                        new EditedAnswer(row.getString("name"), row.getInt("original"), row.getString("text")))
                .list();
    }

    private static Stream<Listed> given(
            Handle handle, String column, String of, Map<String, Subject> subjects, Edits edits) {
        return handle
                .createQuery(COLUMNS
                        + "r.shown, r.seconds, r.submission, r.labeler AS person, i.ranking AS imported, i.given_id,"
                        + " i.given_guideline, i.given_time FROM ranking r JOIN task t ON t.id = r.task"
                        + " JOIN labeler l ON l.id = r.labeler"
                        + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                        + " LEFT JOIN imported_ranking i ON i.ranking = r.id"
                        + " WHERE " + column + " = :of AND " + NEWEST)
                .bind("of", of)
                .map((row, context) -> given(
                        row,
                        Objects.requireNonNull(subjects.get(row.getString("task"))),
                        edits.of(row.getString("person"), row.getString("submission"))))
                .list()
                .stream()
                .flatMap(Optional::stream);
    }

    private static List<Listed> decided(Handle handle, String project, Map<String, Subject> subjects) {
        return handle.createQuery(COLUMNS + "r.reason FROM adjudication r JOIN task t ON t.id = r.task"
                        + " JOIN labeler l ON l.id = r.reviewer"
                        + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                        + " WHERE t.project = :project"
                        + " AND NOT EXISTS (SELECT 1 FROM adjudication later WHERE later.task = r.task"
                        + " AND later.criterion = r.criterion AND later.revision > r.revision)")
                .bind("project", project)
                .map((row, context) -> {
                    Subject subject = Objects.requireNonNull(subjects.get(row.getString("task")));
                    GivenRanking decision = new GivenRanking(
                            subject.task(),
                            ranking(row, subject, subject.completions(), Orders.judgement(row), Says.here(row)),
                            List.of(),
                            Double.NaN,
                            row.getLong("created"));
                    return new Listed(decision, row.getInt("place"));
                })
                .list();
    }

    private static Set<String> tests(Handle handle, String project) {
        return new HashSet<>(
                handle.createQuery("SELECT DISTINCT q.task FROM test_question q JOIN task t ON t.id = q.task"
                                + " WHERE t.project = :project")
                        .bind("project", project)
                        .mapTo(String.class)
                        .list());
    }

    /** The ranking; empty if only edited answers are ranked and these are left out. */
    private static Optional<Listed> given(ResultSet row, Subject subject, List<Ranking.Completion> edited)
            throws SQLException {
        List<Ranking.Completion> completions =
                Stream.concat(subject.completions().stream(), edited.stream()).toList();
        Judgement judgement = Orders.judgement(row).among(completions.size());
        if (judgement.order().isEmpty()) {
            return Optional.empty();
        }
        boolean imported = row.getString("imported") != null;
        Says says = imported ? Says.elsewhere(row) : Says.here(row);
        GivenRanking given = new GivenRanking(
                subject.task(),
                ranking(row, subject, completions, judgement, says),
                Orders.indices(row.getString("shown")),
                imported ? Double.NaN : row.getDouble("seconds"),
                says.time() == null ? GivenRanking.UNKNOWN_TIME : row.getLong("created"));
        return Optional.of(new Listed(given, row.getInt("place")));
    }

    /** The metadata of a ranking. */
    private record Says(
            String id, @Nullable String guideline, @Nullable String time) {
        static Says here(ResultSet row) throws SQLException {
            return new Says(
                    row.getString("id"),
                    Integer.toString(row.getInt("guideline")),
                    Instant.ofEpochMilli(row.getLong("created")).toString());
        }

        /** Its id in the imported file, or else its id in the store. */
        static Says elsewhere(ResultSet row) throws SQLException {
            String id = row.getString("given_id");
            return new Says(
                    id == null ? row.getString("id") : id,
                    row.getString("given_guideline"),
                    row.getString("given_time"));
        }
    }

    private static Ranking ranking(
            ResultSet row, Subject subject, List<Ranking.Completion> completions, Judgement judgement, Says says)
            throws SQLException {
        return new Ranking(
                says.id(),
                subject.prompt(),
                completions,
                judgement.criterion(),
                judgement.order(),
                judgement.unranked(),
                row.getString("labeler"),
                says.guideline(),
                says.time(),
                judgement.allBad());
    }
}
