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

/** The rankings of one file on their way into a project, within one transaction. */
final class RankingImport {
    /** A ranking that is in the project; given here it has no hash, for no file says otherwise of it. */
    private record Known(
            String task,
            String labeler,
            String criterion,
            @Nullable String content) {
        Place place() {
            return new Place(task, labeler, criterion);
        }
    }

    /** What one labeler says of one task; a second time in the same file it is of another task with the same content. */
    private record Place(String task, String labeler, String criterion) {}

    private final Store store;
    private final Handle handle;
    private final Project project;
    private final String id;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<TaskSubject, List<String>> tasks;
    private final Map<String, String> labelers = new HashMap<>();
    private final Set<Place> taken = new HashSet<>();

    RankingImport(Store store, Handle handle, Project project) {
        this.store = store;
        this.handle = handle;
        this.project = project;
        this.id = Ids.at(store.now());
        this.tasks = TaskSubject.tasks(handle, project.id());
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

    /** Adds those that are new; answers how many. */
    int add(List<ImportedRanking> rankings) {
        Map<String, ImportedRanking> fresh = unknown(rankings);
        fresh.forEach((key, ranking) -> insert(key, ranking));
        return fresh.size();
    }

    private Map<String, ImportedRanking> unknown(List<ImportedRanking> rankings) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, ImportedRanking> fresh = new LinkedHashMap<>();
        for (ImportedRanking ranking : rankings) {
            String key = ranking.key(counts.merge(ranking.content(), 1, Integer::sum));
            Known there = known.get(key);
            ImportedRanking before = fresh.get(key);
            String content = there != null ? there.content() : before != null ? before.content() : null;
            if (content != null && !content.equals(ranking.content())) {
                throw ranking.wrong(
                        "the id '" + ranking.ranking().id() + "', which another ranking has",
                        "the same ranking, or an id of its own",
                        "change the id or leave it out");
            }
            if (there != null) {
                taken.add(there.place());
            } else {
                fresh.put(key, ranking);
            }
        }
        return fresh;
    }

    private void insert(String key, ImportedRanking imported) {
        Ranking ranking = imported.ranking();
        String labeler = labelers.computeIfAbsent(ranking.labeler().strip(), this::labeler);
        String task = task(ranking, labeler);
        new Seats(handle).done(task, labeler);
        long now = store.now();
        String row = Ids.at(now);
        RankingRow.insert(
                handle,
                new RankingRow(
                        row,
                        task,
                        labeler,
                        id,
                        new Judgement(ranking.criterion(), ranking.order(), ranking.unranked(), ranking.allBad()),
                        "[]",
                        0,
                        0,
                        Objects.requireNonNullElse(imported.millis(), now)));
        Insert.into("imported_ranking")
                .value("ranking", row)
                .value("project", project.id())
                .value("given_key", key)
                .value("content", imported.content())
                .value("given_id", imported.named() ? ranking.id() : null)
                .value("given_guideline", ranking.guideline())
                .value("given_time", ranking.time())
                .run(handle);
    }

    private String labeler(String name) {
        return new Labelers(store).named(handle, name, Labeler.Role.LABELER).id();
    }

    /** A task of this content that the labeler has not ranked in this file; a new one where there is none. */
    private String task(Ranking ranking, String labeler) {
        TaskSubject subject = new TaskSubject(ranking.prompt(), ranking.completions());
        List<String> same = tasks.computeIfAbsent(subject, key -> new ArrayList<>());
        for (String task : same) {
            if (taken.add(new Place(task, labeler, ranking.criterion()))) {
                return task;
            }
        }
        Tasks.Draft draft = new Tasks.Draft(ranking.prompt(), ranking.completions());
        String task = new Tasks(store).add(handle, project, List.of(draft)).get(0);
        same.add(task);
        taken.add(new Place(task, labeler, ranking.criterion()));
        return task;
    }
}
