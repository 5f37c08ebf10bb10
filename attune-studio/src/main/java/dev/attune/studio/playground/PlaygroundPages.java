package dev.attune.studio.playground;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.SamplingSettings;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;

/** The playground: chats with two models, and votes. */
public final class PlaygroundPages {
    private static final String OWN_PROJECT = "Playground";
    private static final long MAX_WAIT_MILLIS = 3000;

    private final Pages pages;
    private final Access access;
    private final Endpoints endpoints;
    private final Projects projects;
    private final Playground playground;

    public PlaygroundPages(Store store, Pages pages, Access access, Playground playground) {
        this.pages = pages;
        this.access = access;
        this.endpoints = new Endpoints(store);
        this.projects = new Projects(store);
        this.playground = playground;
    }

    public void add(RoutesConfig routes) {
        routes.get("/playground", this::offer, RequiredRole.REVIEWER);
        routes.post("/playground", this::begin, RequiredRole.REVIEWER);
        routes.get("/playground/{chat}", this::show, RequiredRole.REVIEWER);
        routes.post("/playground/{chat}/messages", this::say, RequiredRole.REVIEWER);
        routes.post("/playground/{chat}/votes", this::vote, RequiredRole.REVIEWER);
    }

    private void offer(Context context) {
        List<Endpoint> writers = endpoints.all().stream()
                .filter(endpoint -> endpoint.writes() && !endpoint.retired())
                .toList();
        pages.show(context, "playground.jte", Map.of("endpoints", writers));
    }

    private void begin(Context context) {
        Labeler person = access.person(context);
        Chat.Plan plan = new Chat.Plan(
                endpoints.writing(Forms.text(context, "first")),
                endpoints.writing(Forms.text(context, "second")),
                SamplingSettings.options(
                        Forms.decimal(context, "temperature"), Forms.integer(context, "max_new_tokens")),
                Forms.integer(context, "seed"),
                Forms.checked(context, "blind"));
        Chat chat = playground.begin(person.id(), plan, Forms.text(context, "message"));
        context.redirect("/playground/" + chat.id());
    }

    private Chat chat(Context context) {
        Labeler person = access.person(context);
        return playground
                .find(context.pathParam("chat"), person.id())
                .orElseThrow(() -> new NotFoundResponse(
                        "There is no such conversation: conversations are kept until the studio restarts."));
    }

    private void show(Context context) {
        Chat chat = chat(context);
        ChatView view = playground.view(chat, MAX_WAIT_MILLIS);
        if (view.waiting()) {
            context.header("Refresh", "1");
        }
        context.header("Cache-Control", "no-store");
        pages.show(context, "chat.jte", Map.of("page", new ChatPage(view, chat.plan(), votable(context))));
    }

    /** Projects with one criterion, in which a vote is a complete ranking. */
    private List<Project> votable(Context context) {
        return projects.visibleTo(access.person(context)).stream()
                .filter(project -> project.criteria().size() == 1)
                .filter(project -> !project.name().equals(OWN_PROJECT))
                .toList();
    }

    private void say(Context context) {
        Chat chat = chat(context);
        playground.say(chat, Forms.integer(context, "side"), Forms.text(context, "message"));
        context.redirect("/playground/" + chat.id());
    }

    private void vote(Context context) {
        Chat chat = chat(context);
        PairVote verdict = ConfigNamed.parse(PairVote.class, "verdict", Forms.text(context, "verdict"));
        playground.vote(chat, verdict, project(context));
        context.redirect("/playground/" + chat.id());
    }

    private Project project(Context context) {
        String id = Forms.text(context, "project");
        if (id.isEmpty()) {
            return own(access.person(context).id());
        }
        return votable(context).stream()
                .filter(project -> project.id().equals(id))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        "project", "'" + id + "'", "a project with one criterion", "choose another"));
    }

    /** The playground's own project; its name gets a number if another project has the name. */
    private Project own(String author) {
        for (int number = 1; ; number++) {
            String name = number == 1 ? OWN_PROJECT : OWN_PROJECT + " " + number;
            Project project = projects.byName(name).orElseGet(() -> create(name, author));
            if (project.criteria().size() == 1) {
                return project;
            }
        }
    }

    private Project create(String name, String author) {
        return projects.add(Project.Plan.of(name, List.of(Criterion.HELPFUL)), author);
    }
}
