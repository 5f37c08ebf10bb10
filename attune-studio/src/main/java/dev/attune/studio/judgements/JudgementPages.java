package dev.attune.studio.judgements;

import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.judge.JudgementLine;
import dev.attune.studio.files.LineIndexes;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobKind;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The page on the judgements of a job of annotation. */
public final class JudgementPages {
    private final Pages pages;
    private final JobCatalog jobs;
    private final LineIndexes<JudgementLine, JudgementOutline> judgements =
            new LineIndexes<>(JudgementLine.class, JudgementOutline::of);
    private final LineIndexes<PairLine, String> pairs = new LineIndexes<>(PairLine.class, PairLine::id);

    public JudgementPages(Pages pages, JobCatalog jobs) {
        this.pages = pages;
        this.jobs = jobs;
    }

    public void add(RoutesConfig routes) {
        routes.get("/judgements", this::show, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        FoundJob job = jobs.requested(context, JobKind.ANNOTATE);
        JudgementsPage page = JudgementsPage.of(
                context, job, judgements.of(job.file("judgements.jsonl")), pairs.of(job.file("items.jsonl")));
        pages.show(context, "judgements.jte", Map.of("page", page));
    }
}
