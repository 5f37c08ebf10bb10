package dev.attune.studio.page;

import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.auth.Authenticator;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Permissions of the person who sent a request. Objects that the person may not see are reported as not found. */
public final class Access {
    private final Authenticator authenticator;
    private final Projects projects;
    private final Tasks tasks;

    /** Projects are immutable, so they are cached. */
    private final Map<String, Project> known = new ConcurrentHashMap<>();

    public Access(Store store, Authenticator authenticator) {
        this.authenticator = authenticator;
        this.projects = new Projects(store);
        this.tasks = new Tasks(store);
    }

    public Labeler person(Context context) {
        return authenticator.person(context);
    }

    /** The project that the path names. */
    public Project project(Context context) {
        return visible(context, context.pathParam("project"))
                .orElseThrow(() -> new NotFoundResponse("There is no such project."));
    }

    /** The id of the task that the path names. */
    public String task(Context context) {
        String task = context.pathParam("task");
        return tasks.projectOf(task)
                .flatMap(project -> visible(context, project))
                .map(project -> task)
                .orElseThrow(() -> new NotFoundResponse("There is no such task."));
    }

    /** The id of the task that the path names within this project. */
    public String task(Context context, Project project) {
        String task = context.pathParam("task");
        return tasks.projectOf(task)
                .filter(project.id()::equals)
                .map(own -> task)
                .orElseThrow(() -> new NotFoundResponse("There is no such task."));
    }

    private Optional<Project> visible(Context context, String id) {
        return find(id).filter(project -> projects.visible(project.id(), person(context)));
    }

    private Optional<Project> find(String id) {
        Optional<Project> project = Optional.ofNullable(known.get(id)).or(() -> projects.find(id));
        project.ifPresent(found -> known.put(id, found));
        return project;
    }
}
