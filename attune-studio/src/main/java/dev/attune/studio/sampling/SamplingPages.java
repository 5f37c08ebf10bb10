package dev.attune.studio.sampling;

import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.SamplingJob;
import dev.attune.feedback.sampling.SamplingJobs;
import dev.attune.feedback.sampling.SamplingPrompts;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sampling jobs of a project, in which registered models write completions. */
public final class SamplingPages {
    private static final int MAX_REASONS = 3;

    private final Pages pages;
    private final Access access;
    private final Endpoints endpoints;
    private final SamplingJobs jobs;
    private final SamplingPrompts prompts;
    private final SamplingWorker worker;

    public SamplingPages(Store store, Pages pages, Access access, SamplingWorker worker) {
        this.pages = pages;
        this.access = access;
        this.endpoints = new Endpoints(store);
        this.jobs = new SamplingJobs(store);
        this.prompts = new SamplingPrompts(store);
        this.worker = worker;
    }

    public void add(RoutesConfig routes) {
        routes.get("/projects/{project}/sampling", this::show, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/sampling", this::begin, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/sampling/{job}/stop", this::stop, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/sampling/{job}/resume", this::resume, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        Project project = access.project(context);
        List<Endpoint> all = endpoints.all();
        Map<String, String> names = all.stream().collect(Collectors.toMap(Endpoint::id, Endpoint::name));
        List<SamplingJobLine> lines =
                jobs.of(project.id()).stream().map(job -> line(job, names)).toList();
        pages.show(context, "sampling.jte", Map.of("project", project, "lines", lines, "endpoints", inUse(all)));
    }

    private static List<Endpoint> inUse(List<Endpoint> all) {
        return all.stream().filter(endpoint -> !endpoint.retired()).toList();
    }

    private SamplingJobLine line(SamplingJob job, Map<String, String> names) {
        return new SamplingJobLine(
                job, prompts.progress(job.id()), worker.rate(job.id()), names, prompts.reasons(job.id(), MAX_REASONS));
    }

    private void begin(Context context) throws IOException {
        Labeler person = access.person(context);
        Project project = access.project(context);
        String reward = Forms.optional(context, "reward");
        SamplingJob.Plan plan = new SamplingJob.Plan(
                context.formParams("model"),
                Forms.integer(context, "completions"),
                reward,
                Forms.decimal(context, "temperature"),
                Forms.integer(context, "max_new_tokens"),
                Forms.integer(context, "seed"),
                Forms.text(context, "when").equals("lookahead") ? Forms.integer(context, "lookahead") : null);
        jobs.add(project, PromptForm.prompts(context), plan, person.id());
        worker.wake();
        back(context, project);
    }

    private void stop(Context context) {
        Labeler person = access.person(context);
        Project project = access.project(context);
        jobs.end(job(context, project).id(), SamplingJob.State.STOPPED, "", person.id());
        back(context, project);
    }

    private void resume(Context context) {
        Labeler person = access.person(context);
        Project project = access.project(context);
        jobs.resume(job(context, project).id(), person.id());
        worker.wake();
        back(context, project);
    }

    private SamplingJob job(Context context, Project project) {
        return jobs.find(context.pathParam("job"))
                .filter(found -> found.project().equals(project.id()))
                .orElseThrow(() -> new NotFoundResponse("There is no such sampling job."));
    }

    private static void back(Context context, Project project) {
        context.redirect("/projects/" + project.id() + "/sampling");
    }
}
