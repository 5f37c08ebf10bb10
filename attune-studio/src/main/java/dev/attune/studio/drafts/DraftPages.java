package dev.attune.studio.drafts;

import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFigures;
import dev.attune.studio.files.FileCache;
import dev.attune.studio.files.LineIndexes;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobKind;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.Map;

/** The page on the drafts of a job of critique and revision. */
public final class DraftPages {
    private final Pages pages;
    private final JobCatalog jobs;
    private final LineIndexes<RevisedAnswer, DraftOutline> drafts =
            new LineIndexes<>(RevisedAnswer.class, DraftOutline::of);

    private final FileCache<RevisionFigures> figures =
            new FileCache<>((file, before) -> DraftFigures.read(drafts.of(file)));

    public DraftPages(Pages pages, JobCatalog jobs) {
        this.pages = pages;
        this.jobs = jobs;
    }

    public void add(RoutesConfig routes) {
        routes.get("/drafts", this::show, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        FoundJob job = jobs.requested(context, JobKind.REVISE);
        Path log = job.file("drafts.jsonl");
        DraftFigures read = DraftFigures.of(job, () -> figures.of(log));
        DraftsPage page = DraftsPage.of(context, job, read, drafts.of(log));
        pages.show(context, "drafts.jte", Map.of("page", page));
    }
}
