package dev.attune.studio.constitution;

import dev.attune.studio.job.JobCatalog;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The list of constitutions, each of them, and two side by side. */
public final class ConstitutionPages {
    private final Pages pages;
    private final ConstitutionCatalog catalog;

    public ConstitutionPages(Pages pages, JobCatalog jobs) {
        this.pages = pages;
        this.catalog = new ConstitutionCatalog(jobs);
    }

    public void add(RoutesConfig routes) {
        routes.get("/constitutions", this::list, RequiredRole.REVIEWER);
        routes.get("/constitutions/show", this::show, RequiredRole.REVIEWER);
        routes.get("/constitutions/compare", this::compare, RequiredRole.REVIEWER);
    }

    private void list(Context context) {
        pages.show(context, "constitutions.jte", Map.of("names", catalog.byName()));
    }

    private void show(Context context) {
        ConstitutionPage page = ConstitutionPage.of(catalog.requested(context, "hash"), catalog);
        pages.show(context, "constitution.jte", Map.of("page", page));
    }

    private void compare(Context context) {
        ConstitutionComparison page =
                ConstitutionComparison.of(catalog.requested(context, "before"), catalog.requested(context, "after"));
        pages.show(context, "constitutionDiff.jte", Map.of("page", page));
    }
}
