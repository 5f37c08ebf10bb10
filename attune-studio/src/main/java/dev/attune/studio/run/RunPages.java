package dev.attune.studio.run;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseHandler;
import java.util.Map;

/** The list of runs, and the live page of each. */
public final class RunPages {
    private final Pages pages;
    private final Access access;
    private final RunCatalog catalog;
    private final Runs runs;
    private final RunSupervisor supervisor;
    private final LiveRuns live;

    public RunPages(
            Store store, Pages pages, Access access, RunCatalog catalog, RunSupervisor supervisor, LiveRuns live) {
        this.pages = pages;
        this.access = access;
        this.catalog = catalog;
        this.runs = new Runs(store);
        this.supervisor = supervisor;
        this.live = live;
    }

    public void add(RoutesConfig routes) {
        routes.get("/runs", this::list, RequiredRole.REVIEWER);
        routes.get("/runs/<run>", this::show, RequiredRole.REVIEWER);
        routes.post("/runs/<run>", this::change, RequiredRole.REVIEWER);
        routes.get("/live/<run>", this::follow, RequiredRole.REVIEWER);
        routes.get("/compare", this::compare, RequiredRole.REVIEWER);
    }

    private void list(Context context) {
        pages.show(
                context,
                "runs.jte",
                Map.of("runs", catalog.all(), "root", catalog.root().toString()));
    }

    private FoundRun run(Context context) {
        return catalog.requested(context.pathParam("run"));
    }

    private void show(Context context) {
        FoundRun run = run(context);
        pages.show(context, "run.jte", Map.of("page", RunPage.of(run, Lineage.of(run, catalog))));
    }

    private void follow(Context context) {
        FoundRun run = run(context);
        new SseHandler(client -> live.watch(client, run)).handle(context);
    }

    private void change(Context context) {
        Labeler person = access.person(context);
        FoundRun found = run(context);
        Run run = found.run();
        if (run == null) {
            throw BadInputException.at(
                    found.name(), "a run that was started elsewhere", "one of the studio's", "use the command line");
        }
        switch (Forms.text(context, "action")) {
            case "stop" -> supervisor.stop(run, person.id());
            case "resume" -> runs.resume(run.id(), person.id());
            default ->
                throw BadInputException.at(
                        "action", "'" + Forms.text(context, "action") + "'", "stop or resume", "load the page again");
        }
        context.redirect("/runs" + FoundRun.path(found.name()));
    }

    private void compare(Context context) {
        ComparePage page = ComparePage.of(context.queryParams("run").stream()
                .distinct()
                .map(catalog::requested)
                .toList());
        pages.show(context, "compare.jte", Map.of("page", page));
    }
}
