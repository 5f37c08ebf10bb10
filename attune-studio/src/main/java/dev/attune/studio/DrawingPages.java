package dev.attune.studio;

import dev.attune.feedback.drawing.Drawing;
import dev.attune.feedback.drawing.DrawingPrompts;
import dev.attune.feedback.drawing.Drawings;
import dev.attune.feedback.drawing.Endpoint;
import dev.attune.feedback.drawing.Endpoints;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.studio.drawing.DrawingWorker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prompts of a project for which registered models write the completions. */
final class DrawingPages {
    private static final int MOST_REASONS = 3;

    private final Pages pages;
    private final Access access;
    private final Endpoints endpoints;
    private final Drawings drawings;
    private final DrawingPrompts prompts;
    private final DrawingWorker worker;

    DrawingPages(Store store, Pages pages, Access access, DrawingWorker worker) {
        this.pages = pages;
        this.access = access;
        this.endpoints = new Endpoints(store);
        this.drawings = new Drawings(store);
        this.prompts = new DrawingPrompts(store);
        this.worker = worker;
    }

    void add(RoutesConfig routes) {
        routes.get("/projects/{project}/drawings", this::show, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/drawings", this::begin, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/drawings/{drawing}/stop", this::stop, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/drawings/{drawing}/resume", this::resume, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        Project project = access.project(context);
        List<Endpoint> all = endpoints.all();
        Map<String, String> names = all.stream().collect(Collectors.toMap(Endpoint::id, Endpoint::name));
        List<DrawingLine> lines = drawings.of(project.id()).stream()
                .map(drawing -> line(drawing, names))
                .toList();
        pages.show(context, "drawings.jte", Map.of("project", project, "lines", lines, "endpoints", inUse(all)));
    }

    private static List<Endpoint> inUse(List<Endpoint> all) {
        return all.stream().filter(endpoint -> !endpoint.retired()).toList();
    }

    private DrawingLine line(Drawing drawing, Map<String, String> names) {
        return new DrawingLine(
                drawing,
                prompts.progress(drawing.id()),
                worker.pace(drawing.id()),
                names,
                prompts.reasons(drawing.id(), MOST_REASONS));
    }

    private void begin(Context context) throws IOException {
        Labeler person = access.person(context);
        Project project = access.project(context);
        String reward = Forms.optional(context, "reward");
        Drawing.Plan plan = new Drawing.Plan(
                context.formParams("model"),
                Forms.whole(context, "completions"),
                reward,
                Forms.number(context, "temperature"),
                Forms.whole(context, "max_new_tokens"),
                Forms.whole(context, "seed"),
                Forms.text(context, "when").equals("lead") ? Forms.whole(context, "lead") : null);
        drawings.add(project, PromptForm.prompts(context), plan, person.id());
        worker.wake();
        back(context, project);
    }

    private void stop(Context context) {
        Labeler person = access.person(context);
        Project project = access.project(context);
        drawings.end(drawing(context, project).id(), Drawing.State.STOPPED, "", person.id());
        back(context, project);
    }

    private void resume(Context context) {
        Labeler person = access.person(context);
        Project project = access.project(context);
        drawings.resume(drawing(context, project).id(), person.id());
        worker.wake();
        back(context, project);
    }

    private Drawing drawing(Context context, Project project) {
        return drawings.find(context.pathParam("drawing"))
                .filter(found -> found.project().equals(project.id()))
                .orElseThrow(() -> new NotFoundResponse("There is no such drawing."));
    }

    private static void back(Context context, Project project) {
        context.redirect("/projects/" + project.id() + "/drawings");
    }
}
