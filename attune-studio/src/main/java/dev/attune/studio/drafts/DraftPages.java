package dev.attune.studio.drafts;

import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.files.LineIndexes;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobKind;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The page on the drafts of a job of critique and revision. */
public final class DraftPages {
    private final Pages pages;
    private final JobCatalog jobs;
    private final LineIndexes<RevisedAnswer, DraftOutline> drafts =
            new LineIndexes<>(RevisedAnswer.class, DraftOutline::of);

    public DraftPages(Pages pages, JobCatalog jobs) {
        this.pages = pages;
        this.jobs = jobs;
    }

    public void add(RoutesConfig routes) {
        routes.get("/drafts", this::show, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        FoundJob job = jobs.requested(context, JobKind.REVISE);
        LineIndex<RevisedAnswer, DraftOutline> index = drafts.of(job.file("drafts.jsonl"));
        DraftsPage page = DraftsPage.of(context, job, DraftFigures.of(job, index), index);
        pages.show(context, "drafts.jte", Map.of("page", page));
    }
}
