package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.TaskLines;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.loop.Chain;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The projects, and what can be done with one. */
final class ProjectPages {
    private static final List<Criterion> OFFERED = List.of(Criterion.HELPFUL, Criterion.HARMLESS, Criterion.HONEST);

    private final Pages pages;
    private final Access access;
    private final Projects projects;
    private final Tasks tasks;
    private final Rankings rankings;
    private final Chain chain;
    private final boolean trains;

    ProjectPages(Store store, Pages pages, Access access, Chain chain, boolean trains) {
        this.pages = pages;
        this.access = access;
        this.projects = new Projects(store);
        this.tasks = new Tasks(store);
        this.rankings = new Rankings(store);
        this.chain = chain;
        this.trains = trains;
    }

    void add(RoutesConfig routes) {
        routes.get("/", this::list);
        routes.post("/projects", this::create);
        routes.get("/projects/{project}", this::show);
        routes.post("/projects/{project}/tasks", this::addTasks);
        routes.post("/projects/{project}/guidelines", this::addGuideline);
        routes.get("/projects/{project}/rankings.jsonl", this::export);
    }

    private void list(Context context) {
        List<ProjectLine> lines = projects.visibleTo(access.person(context)).stream()
                .map(this::line)
                .toList();
        pages.show(context, access.door(), "projects.jte", Map.of("projects", lines, "offered", OFFERED));
    }

    private ProjectLine line(Project project) {
        Map<String, Integer> seats = tasks.seats(project.id());
        int all = seats.values().stream().mapToInt(count -> count).sum();
        return new ProjectLine(project, seats.getOrDefault("done", 0), all);
    }

    private void create(Context context) {
        Labeler person = access.require(context, Labeler.Role.REVIEWER);
        List<Criterion> criteria = new ArrayList<>(OFFERED.stream()
                .filter(criterion -> context.formParams("criterion").contains(criterion.name()))
                .toList());
        String own = Forms.text(context, "own").strip();
        if (!own.isEmpty()) {
            criteria.add(new Criterion(own, "Which answer is best: " + own + "?"));
        }
        Project.Plan plan = Project.Plan.of(Forms.text(context, "name"), criteria)
                .withOverlap(Forms.whole(context, "overlap"))
                .withGuideline(Forms.text(context, "guideline"));
        Project project = projects.add(plan, person.id());
        context.redirect("/projects/" + project.id());
    }

    private void show(Context context) {
        Project project = access.project(context);
        pages.show(
                context,
                access.door(),
                "project.jte",
                Map.of(
                        "line", line(project),
                        "trains", trains,
                        "chain", chain.of(project.id()),
                        "guideline", projects.guideline(project.id()),
                        "html", Markdown.html(projects.guideline(project.id()).text())));
    }

    private void addTasks(Context context) throws IOException {
        Labeler person = access.require(context, Labeler.Role.REVIEWER);
        Project project = access.project(context);
        UploadedFile file = context.uploadedFile("file");
        if (file == null) {
            throw BadInputException.at("tasks", "no file", "a file of tasks", "choose one");
        }
        try (InputStream in = file.content()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            tasks.add(project, TaskLines.parse(file.filename(), text), person.id());
        }
        context.redirect("/projects/" + project.id());
    }

    private void addGuideline(Context context) {
        Labeler person = access.require(context, Labeler.Role.REVIEWER);
        Project project = access.project(context);
        projects.addGuideline(project.id(), Forms.text(context, "guideline"), person.id());
        context.redirect("/projects/" + project.id());
    }

    private void export(Context context) {
        access.require(context, Labeler.Role.REVIEWER);
        Project project = access.project(context);
        List<Ranking> all = rankings.of(project.id());
        context.header("Content-Disposition", "attachment; filename=\"rankings.jsonl\"");
        context.contentType("application/x-ndjson; charset=utf-8");
        context.result(all.stream().map(ranking -> Json.line(ranking) + "\n").collect(Collectors.joining()));
    }
}
