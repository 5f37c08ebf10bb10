package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Imports the rankings of one file into a project, within one transaction. */
final class RankingImport {
    /** A ranking of the project; one that was not imported has no hash. */
    private record Known(
            String task,
            String labeler,
            String criterion,
            @Nullable String content) {
        Place place() {
            return new Place(task, labeler, criterion);
        }
    }

    /**
     * A labeler's ranking of a task under a criterion; a second one in the same file belongs to another task with the
     * same content.
     */
    private record Place(String task, String labeler, String criterion) {}

    /** A new ranking with its key. */
    private record Fresh(ImportedRanking imported, String key, String content) {
        Insert row(String id, String project) {
            Ranking ranking = imported.ranking();
            return Insert.into("imported_ranking")
                    .value("ranking", id)
                    .value("project", project)
                    .value("given_key", key)
                    .value("content", content)
                    .value("given_id", imported.named() ? ranking.id() : null)
                    .value("given_guideline", ranking.guideline())
                    .value("given_time", ranking.time());
        }
    }

    private final Store store;
    private final Handle handle;
    private final Project project;
    private final String id;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<Subject.Content, List<Subject>> tasksOf;
    private final Map<String, String> labelers = new HashMap<>();
    private final Set<Place> taken = new HashSet<>();
    private final TaskRows newTasks;
    private long lastNumber;

    RankingImport(Store store, Handle handle, Project project) {
        this.store = store;
        this.handle = handle;
        this.project = project;
        this.id = Ids.at(store.now());
        Tasks tasks = new Tasks(store);
        tasks.hold(handle, project.id());
        this.tasksOf = Subject.tasks(handle, project.id());
        this.lastNumber = tasks.lastNumber(handle, project.id());
        this.newTasks = new TaskRows(store, project);
        readKnown();
    }

    private void readKnown() {
        handle.createQuery("SELECT r.id, r.task, r.labeler, r.criterion, i.given_key, i.content FROM ranking r"
                        + " JOIN task t ON t.id = r.task LEFT JOIN imported_ranking i ON i.ranking = r.id"
                        + " WHERE t.project = :project")
                .bind("project", project.id())
                .map((row, context) -> {
                    String key = row.getString("given_key");
                    Known ranking = new Known(
                            row.getString("task"),
                            row.getString("labeler"),
                            row.getString("criterion"),
                            row.getString("content"));
                    known.put(ImportedRanking.keyOf(row.getString("id")), ranking);
                    return key == null ? ranking : known.put(key, ranking);
                })
                .list();
    }

    /** Adds the new rankings; returns their number. */
    int add(List<ImportedRanking> rankings) {
        List<Fresh> fresh = unknown(rankings);
        addLabelers(fresh);
        InsertBatch imported = new InsertBatch();
        List<RankingRow> rows = new ArrayList<>();
        for (Fresh one : fresh) {
            RankingRow row = row(one.imported());
            rows.add(row);
            imported.add(one.row(row.id(), project.id()));
        }
        newTasks.run(handle);
        Seats seats = new Seats(
                store, handle, project, rows.stream().map(RankingRow::task).toList());
        rows.forEach(row -> seats.done(row.task(), row.labeler()));
        seats.run();
        RankingRow.insert(handle, rows);
        imported.run(handle);
        return fresh.size();
    }

    private List<Fresh> unknown(List<ImportedRanking> rankings) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> countsInFileOrder = new HashMap<>();
        Map<String, Fresh> fresh = new LinkedHashMap<>();
        for (ImportedRanking ranking : rankings) {
            String content = ranking.content();
            String key = ranking.key(content, counts.merge(content, 1, Integer::sum));
            String older = ranking.contentInFileOrder();
            String olderKey = ranking.key(older, countsInFileOrder.merge(older, 1, Integer::sum));
            Known there = known.containsKey(key) ? known.get(key) : known.get(olderKey);
            Fresh before = fresh.get(key);
            String expected = there != null ? there.content() : before != null ? before.content() : null;
            if (expected != null && !expected.equals(content) && !expected.equals(older)) {
                throw ranking.invalid(
                        "the id '" + ranking.ranking().id() + "' of another ranking",
                        "the same ranking, or an id of its own",
                        "change the id or leave it out");
            }
            if (there != null) {
                taken.add(there.place());
            } else {
                fresh.putIfAbsent(key, new Fresh(ranking, key, content));
            }
        }
        return List.copyOf(fresh.values());
    }

    private RankingRow row(ImportedRanking imported) {
        String labeler = Objects.requireNonNull(labelers.get(imported.labeler()));
        Subject task = task(imported.ranking(), labeler);
        Ranking ranking = CompletionOrder.reordered(imported.ranking(), task.completions());
        long now = store.now();
        return new RankingRow(
                Ids.at(now),
                task.task(),
                labeler,
                id,
                new Judgement(ranking.criterion(), ranking.order(), ranking.unranked(), ranking.allBad()),
                "[]",
                0,
                0,
                Objects.requireNonNullElse(imported.millis(), now));
    }

    /** Adds labelers in the order of names, so that two imports cannot deadlock. */
    private void addLabelers(List<Fresh> fresh) {
        Labelers all = new Labelers(store);
        fresh.stream()
                .map(one -> one.imported().labeler())
                .distinct()
                .sorted()
                .forEach(name -> labelers.put(
                        name, all.named(handle, name, Labeler.Role.LABELER).id()));
    }

    /** A task with this content that the labeler has not ranked in this file; a new one if there is none. */
    private Subject task(Ranking ranking, String labeler) {
        Tasks.Draft draft = new Tasks.Draft(ranking.prompt(), ranking.completions());
        List<Subject> same = tasksOf.computeIfAbsent(draft.content(), key -> new ArrayList<>());
        for (Subject subject : same) {
            if (taken.add(new Place(subject.task(), labeler, ranking.criterion()))) {
                return subject;
            }
        }
        String task = newTasks.add(draft, ++lastNumber);
        Subject added = new Subject(task, lastNumber, ranking.prompt(), ranking.completions());
        same.add(added);
        taken.add(new Place(task, labeler, ranking.criterion()));
        return added;
    }
}
