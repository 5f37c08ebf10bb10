package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * A ranking with what orders it among others: when it was given, by whom, under which criterion, and its id, so that a
     * copy of the project lists them as the project does.
     *
     * @param time in milliseconds since 1970; 0 where it is not known
     */
    private record Given(long time, int criterion, Ranking ranking) {
        static final Comparator<Given> ORDER = Comparator.comparingLong(Given::time)
                .thenComparing(given -> given.ranking().labeler())
                .thenComparingInt(Given::criterion)
                .thenComparing(given -> given.ranking().id());
    }

    private static List<Ranking> of(Handle handle, String project) {
        Map<String, TaskSubject> subjects = TaskSubject.of(handle, project);
        return handle
                .createQuery(
                        "SELECT r.id, r.task, r.criterion, r.ranked, r.unranked, r.all_bad, r.guideline, r.created,"
                                + " l.name AS labeler, c.place, i.ranking AS imported, i.given_id, i.given_guideline,"
                                + " i.given_time FROM ranking r JOIN task t ON t.id = r.task"
                                + " JOIN labeler l ON l.id = r.labeler"
                                + " JOIN criterion c ON c.project = t.project AND c.name = r.criterion"
                                + " LEFT JOIN imported_ranking i ON i.ranking = r.id"
                                + " WHERE t.project = :project"
                                + " AND NOT EXISTS (SELECT 1 FROM ranking later WHERE later.task = r.task"
                                + " AND later.criterion = r.criterion AND later.labeler = r.labeler"
                                + " AND later.revision > r.revision)")
                .bind("project", project)
                .map((row, context) -> given(row, Objects.requireNonNull(subjects.get(row.getString("task")))))
                .stream()
                .sorted(Given.ORDER)
                .map(Given::ranking)
                .toList();
    }

    private static Given given(ResultSet row, TaskSubject subject) throws SQLException {
        boolean imported = row.getString("imported") != null;
        long created = row.getLong("created");
        String id = row.getString("given_id");
        String time = imported
                ? row.getString("given_time")
                : Instant.ofEpochMilli(created).toString();
        Ranking ranking = new Ranking(
                id == null ? row.getString("id") : id,
                subject.prompt(),
                subject.completions(),
                row.getString("criterion"),
                groups(row.getString("ranked")),
                Queue.indices(row.getString("unranked")),
                row.getString("labeler"),
                imported ? row.getString("given_guideline") : Integer.toString(row.getInt("guideline")),
                time,
                row.getInt("all_bad") == 1);
        return new Given(time == null ? 0 : created, row.getInt("place"), ranking);
    }

    private static List<List<Integer>> groups(String json) {
        return Stream.of(Json.records().readValue(json, Integer[][].class))
                .map(group -> Arrays.stream(group).toList())
                .toList();
    }
}
