package dev.attune.feedback.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Imports files, each completely or not at all. A file that was imported before adds nothing. */
public final class Imports {
    private final Store store;
    private final Tasks tasks;

    public Imports(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    /**
     * The imported file.
     *
     * @param sha256 of its bytes
     * @param format of its rows
     */
    public record Source(String file, String sha256, String format) {}

    /**
     * The result of an import.
     *
     * @param added number of new tasks or rankings
     * @param known number of existing ones
     */
    public record Outcome(int added, int known) {}

    /** @throws dev.attune.core.error.BadInputException if a ranking would not fit a project of this plan */
    public static void require(Project.Plan plan, List<ImportedRanking> rankings) {
        Project project = new Project("", plan.name(), plan.overlap(), plan.leaseSeconds(), plan.criteria());
        rankings.forEach(ranking -> ranking.require(project));
    }

    /**
     * Adds tasks. For each task of the project with the same prompt and completions, one task of the file is skipped.
     */
    public Outcome addTasks(Project project, List<Tasks.Draft> drafts, Source source, String author) {
        return store.write(handle -> {
            tasks.hold(handle, project.id());
            Map<Subject.Content, Integer> there = new HashMap<>();
            Subject.tasks(handle, project.id()).forEach((content, ids) -> there.put(content, ids.size()));
            List<Tasks.Draft> fresh = new ArrayList<>();
            for (Tasks.Draft draft : drafts) {
                int left = there.merge(draft.content(), -1, Integer::sum);
                if (left < 0) {
                    fresh.add(draft);
                }
            }
            tasks.add(handle, project, fresh);
            return recorded(
                    handle,
                    author,
                    "tasks-imported",
                    project,
                    source,
                    new Outcome(fresh.size(), drafts.size() - fresh.size()));
        });
    }

    /**
     * Adds rankings with their labelers, who need no account, and their tasks. Existing rankings are recognised by id,
     * or by content if the file gives no id.
     *
     * @throws dev.attune.core.error.BadInputException if one does not fit the project, or an existing id has another
     *     content
     */
    public Outcome addRankings(Project project, List<ImportedRanking> rankings, Source source, String author) {
        rankings.forEach(ranking -> ranking.require(project));
        return store.write(handle -> {
            int added = new RankingImport(store, handle, project).add(rankings);
            return recorded(
                    handle, author, "rankings-imported", project, source, new Outcome(added, rankings.size() - added));
        });
    }

    private Outcome recorded(
            Handle handle, String author, String what, Project project, Source source, Outcome outcome) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", source.file());
        details.put("sha256", source.sha256());
        details.put("format", source.format());
        details.put("added", outcome.added());
        details.put("known", outcome.known());
        store.record(handle, author, what, project.id(), details);
        return outcome;
    }
}
