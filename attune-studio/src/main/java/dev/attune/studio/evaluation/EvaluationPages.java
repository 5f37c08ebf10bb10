package dev.attune.studio.evaluation;

import dev.attune.core.io.LineScanner;
import dev.attune.feedback.evaluation.ComparisonLine;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.ItemLine;
import dev.attune.studio.files.FileCache;
import dev.attune.studio.files.LineIndexes;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.job.JobKind;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An evaluation, and the items behind its figures. */
public final class EvaluationPages {
    static final String ITEMS = "/evaluation/items";
    static final String COMPARISONS = "/evaluation/comparisons";

    private final Pages pages;
    private final JobCatalog jobs;
    /** Each reads the lines of its kind in items.jsonl. */
    private final LineIndexes<ItemLine, ItemOutline> items = new LineIndexes<>(ItemLine.class, ItemOutline::of);

    private final LineIndexes<ComparisonLine, ComparisonOutline> comparisons =
            new LineIndexes<>(ComparisonLine.class, ComparisonOutline::of);
    private final FileCache<Integer> answers = new FileCache<>((file, before) -> lines(file));

    public EvaluationPages(Pages pages, JobCatalog jobs) {
        this.pages = pages;
        this.jobs = jobs;
    }

    public void add(RoutesConfig routes) {
        routes.get("/evaluation", this::show, RequiredRole.REVIEWER);
        routes.get(ITEMS, this::list, RequiredRole.REVIEWER);
        routes.get(COMPARISONS, this::compare, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        FoundJob job = jobs.requested(context, JobKind.EVALUATE);
        int given = answers.of(job.file("answers.jsonl"));
        for (int i = 0; Files.exists(baseline(job, i)); i++) {
            given += answers.of(baseline(job, i));
        }
        pages.show(context, "evaluation.jte", Map.of("page", EvaluationPage.of(job, given)));
    }

    private static Path baseline(FoundJob job, int number) {
        return job.file(EvaluationSummary.baselineAnswers(number));
    }

    private void list(Context context) {
        FoundJob job = jobs.requested(context, JobKind.EVALUATE);
        ItemsPage page = ItemsPage.of(context, job, items.of(job.file("items.jsonl")));
        pages.show(context, "items.jte", Map.of("page", page));
    }

    private void compare(Context context) {
        FoundJob job = jobs.requested(context, JobKind.EVALUATE);
        ComparisonsPage page = ComparisonsPage.of(context, job, comparisons.of(job.file("items.jsonl")));
        pages.show(context, "comparisons.jte", Map.of("page", page));
    }

    /** The complete lines of a file; 0 if it is missing. */
    private static int lines(Path file) throws IOException {
        int count = 0;
        if (Files.isRegularFile(file)) {
            try (LineScanner lines = new LineScanner(Files.newInputStream(file))) {
                while (lines.next() && lines.complete()) {
                    count++;
                }
            }
        }
        return count;
    }
}
