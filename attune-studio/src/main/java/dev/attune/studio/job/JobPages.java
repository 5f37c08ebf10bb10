package dev.attune.studio.job;

import dev.attune.studio.page.FigureText;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The list of jobs. */
public final class JobPages {
    private final Pages pages;
    private final JobCatalog catalog;

    public JobPages(Pages pages, JobCatalog catalog) {
        this.pages = pages;
        this.catalog = catalog;
    }

    /**
     * A job in the list.
     *
     * @param when it ended, or was begun if it did not
     * @param figures empty if it has none yet
     */
    public record Line(FoundJob job, String when, String figures) {}

    public void add(RoutesConfig routes) {
        routes.get("/jobs", this::list, RequiredRole.REVIEWER);
    }

    private void list(Context context) {
        List<Line> lines = catalog.all().stream()
                .sorted(Comparator.comparingLong(FoundJob::when).reversed())
                .map(job -> new Line(job, FigureText.time(job.when()), JobFigures.of(job)))
                .toList();
        pages.show(
                context,
                "jobs.jte",
                Map.of("jobs", lines, "root", catalog.root().toString()));
    }
}
