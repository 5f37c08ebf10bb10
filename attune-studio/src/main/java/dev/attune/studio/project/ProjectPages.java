package dev.attune.studio.project;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Guideline;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.loop.Chain;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Markdown;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The list of projects, and the page of each. */
public final class ProjectPages {
    private static final List<Criterion> OFFERED = List.of(Criterion.HELPFUL, Criterion.HARMLESS, Criterion.HONEST);

    private final Pages pages;
    private final Access access;
    private final Projects projects;
    private final Tasks tasks;
    private final Queue queue;
    private final Rankings rankings;
    private final Chain chain;
    private final boolean trains;

    public ProjectPages(Store store, Pages pages, Access access, Chain chain, boolean trains) {
        this.pages = pages;
        this.access = access;
        this.projects = new Projects(store);
        this.tasks = new Tasks(store);
        this.queue = new Queue(store);
        this.rankings = new Rankings(store);
        this.chain = chain;
        this.trains = trains;
    }

    public void add(RoutesConfig routes) {
        routes.get("/", this::list, RequiredRole.LABELER);
        routes.post("/projects", this::create, RequiredRole.REVIEWER);
        routes.get("/projects/{project}", this::show, RequiredRole.LABELER);
        routes.post("/projects/{project}/guidelines", this::addGuideline, RequiredRole.REVIEWER);
        routes.get("/projects/{project}/rankings.jsonl", this::export, RequiredRole.REVIEWER);
    }

    private void list(Context context) {
        List<ProjectLine> lines = projects.visibleTo(access.person(context)).stream()
                .map(this::line)
                .toList();
        pages.show(context, "projects.jte", Map.of("projects", lines, "offered", OFFERED));
    }

    private ProjectLine line(Project project) {
        return ProjectLine.of(project, tasks.seats(project.id()));
    }

    private void create(Context context) {
        Labeler person = access.person(context);
        List<Criterion> criteria = new ArrayList<>(OFFERED.stream()
                .filter(criterion -> context.formParams("criterion").contains(criterion.name()))
                .toList());
        String own = Forms.text(context, "own").strip();
        if (!own.isEmpty()) {
            criteria.add(Criterion.named(own));
        }
        Project.Plan plan = Project.Plan.of(Forms.text(context, "name"), criteria)
                .withOverlap(Forms.integer(context, "overlap"))
                .withGuideline(Forms.text(context, "guideline"));
        Project project = projects.add(plan, person.id());
        context.redirect("/projects/" + project.id());
    }

    private void show(Context context) {
        Project project = access.project(context);
        Labeler person = access.person(context);
        Guideline guideline = projects.guideline(project.id());
        pages.show(
                context,
                "project.jte",
                Map.of(
                        "line", line(project),
                        "waits", queue.waits(project, person.id()),
                        "notice", notice(context),
                        "trains", trains,
                        "chain", person.role() == Labeler.Role.LABELER ? List.of() : chain.of(project.id()),
                        "guideline", guideline,
                        "html", Markdown.html(guideline.text())));
    }

    /** The result of an import; empty without one. */
    private static String notice(Context context) {
        String added = Forms.query(context, "added", "");
        String known = Forms.query(context, "known", "");
        if (!added.matches("\\d{1,9}") || !known.matches("\\d{1,9}")) {
            return "";
        }
        return "Added: " + added + "." + (known.equals("0") ? "" : " Already known: " + known + ".");
    }

    private void addGuideline(Context context) {
        Labeler person = access.person(context);
        Project project = access.project(context);
        projects.addGuideline(project.id(), Forms.text(context, "guideline"), person.id());
        context.redirect("/projects/" + project.id());
    }

    /** The final rankings, or with {@code ?all} all rankings by labelers. */
    private void export(Context context) {
        Project project = access.project(context);
        boolean everything = context.queryParam("all") != null;
        List<Ranking> all = everything ? rankings.all(project.id()) : rankings.of(project.id());
        context.header("Content-Disposition", "attachment; filename=\"rankings.jsonl\"");
        context.contentType("application/x-ndjson; charset=utf-8");
        context.result(Json.lines(all));
    }
}
