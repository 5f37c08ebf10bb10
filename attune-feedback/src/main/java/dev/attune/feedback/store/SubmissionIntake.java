package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Checks and stores submissions. */
final class SubmissionIntake {
    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_SECONDS = 1_000_000_000;

    private final Store store;
    private final Leases leases;
    private final Visits visits;

    /** A cache of projects, which never change. */
    private final Map<String, Project> projects = new ConcurrentHashMap<>();

    SubmissionIntake(Store store) {
        this.store = store;
        this.leases = new Leases(store);
        this.visits = new Visits(store);
    }

    /** @throws BadInputException if it is not a valid answer to this task, or the labeler was not shown it */
    Submission.Outcome submit(Handle handle, Submission submission) {
        Project project = projectOf(handle, submission.task());
        String shown = visits.hold(handle, submission.task(), submission.labeler());
        if (known(handle, submission.id(), submission.labeler())) {
            return Submission.Outcome.KNOWN;
        }
        require(handle, project, submission);
        if (!seated(handle, project, submission)) {
            return Submission.Outcome.TOO_LATE;
        }
        int guideline = Projects.newest(handle, project.id()).version();
        addEdits(handle, submission);
        RankingRow.insert(
                handle,
                submission.judgements().stream()
                        .map(judgement -> row(submission, judgement, shown, guideline))
                        .toList());
        visits.submit(handle, submission.task(), submission.labeler());
        store.record(handle, submission.labeler(), "ranked", submission.task(), Map.of("submission", submission.id()));
        return Submission.Outcome.KEPT;
    }

    private Project projectOf(Handle handle, String task) {
        String id = Tasks.projectIdOf(handle, task);
        Project known = projects.get(id);
        if (known == null) {
            known = Projects.find(handle, id).orElseThrow();
            projects.put(id, known);
        }
        return known;
    }

    static boolean known(Handle handle, String submission, String labeler) {
        return handle.createQuery("SELECT COUNT(*) FROM ranking WHERE submission = :id AND labeler = :labeler")
                        .bind("id", submission)
                        .bind("labeler", labeler)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void require(Handle handle, Project project, Submission submission) {
        int letters = submission.id().length();
        if (letters < 1 || letters > MAX_ID_LENGTH) {
            throw invalid("an id of " + letters + " characters", "1 to " + MAX_ID_LENGTH, "send it with another id");
        }
        if (!(submission.seconds() >= 0 && submission.seconds() < MAX_SECONDS)) {
            throw invalid("seconds " + submission.seconds(), "0 to " + MAX_SECONDS, "load the page again");
        }
        Set<String> expected = new HashSet<>();
        project.criteria().forEach(criterion -> expected.add(criterion.name()));
        List<String> given =
                submission.judgements().stream().map(Judgement::criterion).toList();
        if (given.size() != expected.size() || !expected.equals(new HashSet<>(given))) {
            throw invalid("judgements under " + given, "one under each of " + expected, "rank again");
        }
        int completions = Tasks.completions(handle, submission.task()).size();
        submission.edits().forEach(edit -> require(edit, completions));
        int all = completions + submission.edits().size();
        Tasks.requireCount("submission", all);
        submission.judgements().forEach(judgement -> judgement.require(all));
    }

    private static void require(Submission.Edit edit, int completions) {
        if (edit.original() < 0 || edit.original() >= completions || edit.text().isBlank()) {
            throw invalid(
                    "an edited answer " + edit.original() + " of " + edit.text().length() + " characters",
                    "the text of one of " + completions + " answers, edited",
                    "write it or take it back");
        }
    }

    private static BadInputException invalid(String found, String expected, String remedy) {
        return BadInputException.at("submission", found, expected, remedy);
    }

    /** Marks the labeler's seat as done, taking one if needed; false if none is free. */
    private boolean seated(Handle handle, Project project, Submission submission) {
        if (leases.finish(handle, submission.task(), submission.labeler())) {
            return true;
        }
        leases.takeAny(handle, project, submission.task(), submission.labeler());
        return leases.finish(handle, submission.task(), submission.labeler());
    }

    private void addEdits(Handle handle, Submission submission) {
        for (int place = 0; place < submission.edits().size(); place++) {
            Submission.Edit edit = submission.edits().get(place);
            Insert.into("edited_answer")
                    .value("labeler", submission.labeler())
                    .value("submission", submission.id())
                    .value("place", place)
                    .value("task", submission.task())
                    .value("original", edit.original())
                    .value("text", edit.text())
                    .value("created", store.now())
                    .run(handle);
        }
    }

    private RankingRow row(Submission submission, Judgement judgement, String shown, int guideline) {
        long now = store.now();
        return new RankingRow(
                Ids.at(now),
                submission.task(),
                submission.labeler(),
                submission.id(),
                judgement,
                shown,
                guideline,
                submission.seconds(),
                now);
    }
}
