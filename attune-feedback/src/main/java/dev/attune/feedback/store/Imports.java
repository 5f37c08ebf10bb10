package dev.attune.feedback.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Takes in what comes from files: all of a file, or nothing. A file that was taken in before adds nothing. */
public final class Imports {
    private final Store store;
    private final Tasks tasks;

    public Imports(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    /**
     * The file that things come from.
     *
     * @param sha256 of its bytes
     * @param format of its rows
     */
    public record Source(String file, String sha256, String format) {}

    /**
     * What became of a file.
     *
     * @param added tasks or rankings that are new
     * @param known ones that were there already
     */
    public record Outcome(int added, int known) {}

    /** @throws dev.attune.core.error.BadInputException if a ranking would not fit a project of this plan */
    public static void require(Project.Plan plan, List<ImportedRanking> rankings) {
        Project project = new Project("", plan.name(), plan.overlap(), plan.leaseSeconds(), plan.criteria());
        rankings.forEach(ranking -> ranking.require(project));
    }

    /** Adds tasks. As often as a project has a task of the same prompt and completions, one of the file is passed over. */
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
     * Adds rankings with their labelers, who need no account, and the tasks that they rank. A ranking is known again by its
     * id, or by its content where its file gives it none.
     *
     * @throws dev.attune.core.error.BadInputException if one does not fit the project, or an id is known with another
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
