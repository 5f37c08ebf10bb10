package dev.attune.studio.team;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.account.People;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
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

/** Accounts, roles, and labelers of projects. */
public final class PeoplePages {
    private final Pages pages;
    private final Access access;
    private final People people;
    private final Labelers labelers;
    private final Invitations invitations;
    private final Members members;

    public PeoplePages(Store store, Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
        this.people = new People(store);
        this.labelers = new Labelers(store);
        this.invitations = new Invitations(store);
        this.members = new Members(store);
    }

    public void add(RoutesConfig routes) {
        routes.get("/people", this::show, RequiredRole.ADMIN);
        routes.post("/people/invitations", this::invite, RequiredRole.ADMIN);
        routes.post("/people/{person}/password", this::inviteAgain, RequiredRole.ADMIN);
        routes.post("/people/{person}/role", this::changeRole, RequiredRole.ADMIN);
        routes.post("/people/{person}/closing", this::closeAccount, RequiredRole.ADMIN);
        routes.get("/projects/{project}/people", this::showMembers, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/people", this::assign, RequiredRole.REVIEWER);
        routes.post("/projects/{project}/people/{person}/removal", this::remove, RequiredRole.REVIEWER);
    }

    private void show(Context context) {
        show(context, "", "");
    }

    /**
     * @param link of an invitation that was just created; it is shown only this time
     * @param whom the person or role that it is for
     */
    private void show(Context context, String link, String whom) {
        pages.show(
                context,
                "people.jte",
                Map.of(
                        "people", people.all(),
                        "roles", List.of(Labeler.Role.values()),
                        "person", access.person(context),
                        "link", link,
                        "whom", whom));
    }

    private void invite(Context context) {
        Labeler admin = access.person(context);
        Labeler.Role role = role(context);
        String link = link(context, invitations.invite(role, admin.id()));
        show(context, link, "one " + role.configName());
    }

    private void inviteAgain(Context context) {
        Labeler admin = access.person(context);
        Labeler person = person(context);
        show(context, link(context, invitations.inviteAgain(person, admin.id())), person.name());
    }

    private static String link(Context context, String secret) {
        return context.scheme() + "://" + context.header("Host") + "/join/" + secret;
    }

    private void changeRole(Context context) {
        Labeler admin = access.person(context);
        people.changeRole(person(context), role(context), admin.id());
        context.redirect("/people");
    }

    private void closeAccount(Context context) {
        Labeler admin = access.person(context);
        people.closeAccount(person(context), admin.id());
        context.redirect("/people");
    }

    private static Labeler.Role role(Context context) {
        return ConfigNamed.parse(Labeler.Role.class, "role", Forms.text(context, "role"));
    }

    private Labeler person(Context context) {
        return person(context.pathParam("person"));
    }

    private Labeler person(String id) {
        return labelers.find(id).orElseThrow(() -> new NotFoundResponse("There is no such person."));
    }

    private void showMembers(Context context) {
        Project project = access.project(context);
        List<Labeler> inside = members.of(project.id());
        List<Labeler> outside = people.all().stream()
                .filter(People.Person::account)
                .map(People.Person::labeler)
                .filter(labeler -> labeler.role() == Labeler.Role.LABELER && !inside.contains(labeler))
                .toList();
        pages.show(context, "members.jte", Map.of("project", project, "inside", inside, "outside", outside));
    }

    private void assign(Context context) {
        Labeler author = access.person(context);
        Project project = access.project(context);
        context.formParams("person")
                .forEach(id -> members.add(project.id(), person(id).id(), author.id()));
        context.redirect("/projects/" + project.id() + "/people");
    }

    private void remove(Context context) {
        Labeler author = access.person(context);
        Project project = access.project(context);
        members.remove(project.id(), person(context).id(), author.id());
        context.redirect("/projects/" + project.id() + "/people");
    }
}
