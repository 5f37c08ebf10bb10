package dev.attune.studio;

import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.door.Door;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the person behind a request may see and do. What one may not see does not exist for that person. */
final class Access {
    private final Door door;
    private final Projects projects;
    private final Tasks tasks;

    /** A project never changes once it is made. */
    private final Map<String, Project> known = new ConcurrentHashMap<>();

    Access(Store store, Door door) {
        this.door = door;
        this.projects = new Projects(store);
        this.tasks = new Tasks(store);
    }

    Labeler person(Context context) {
        return door.person(context);
    }

    /** The person, who has at least this role. */
    Labeler require(Context context, Labeler.Role least) {
        Labeler person = person(context);
        if (person.role().compareTo(least) < 0) {
            throw new ForbiddenResponse("This needs the role " + least.word() + ".");
        }
        return person;
    }

    /** The project that the path names. */
    Project project(Context context) {
        return visible(context, context.pathParam("project"))
                .orElseThrow(() -> new NotFoundResponse("There is no such project."));
    }

    /** The id of the task that the path names. */
    String task(Context context) {
        String task = context.pathParam("task");
        return tasks.projectOf(task)
                .flatMap(project -> visible(context, project))
                .map(project -> task)
                .orElseThrow(() -> new NotFoundResponse("There is no such task."));
    }

    /** The id of the task that the path names within this project. */
    String task(Context context, Project project) {
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
