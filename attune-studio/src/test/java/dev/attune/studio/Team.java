package dev.attune.studio;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A studio of Ada, an admin, and Ben, a labeler who is assigned to one of two projects; each project has a task.
 */
final class Team implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    final Store store;
    final Accounts accounts;
    final Invitations invitations;
    final Labeler ada;
    final Labeler ben;
    final Project open;
    final Project closed;
    final String openTask;
    final String closedTask;
    final Studio studio;

    Team(StoreUrl database) {
        store = Store.open(database);
        accounts = new Accounts(store);
        invitations = new Invitations(store);
        ada = invitations.accept(invitations.invite(Role.ADMIN, null), "Ada", PASSWORD);
        ben = invitations.accept(invitations.invite(Role.LABELER, ada.id()), "Ben", PASSWORD);
        Projects projects = new Projects(store);
        open = projects.add(Project.Plan.of("Open project", List.of(Criterion.HELPFUL)), ada.id());
        closed = projects.add(Project.Plan.of("Closed project", List.of(Criterion.HELPFUL)), ada.id());
        new Members(store).add(open.id(), ben.id(), ada.id());
        openTask = addTask(open);
        closedTask = addTask(closed);
        studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0));
    }

    private String addTask(Project project) {
        Tasks.Draft draft = new Tasks.Draft(
                Prompt.text("Hello?"), List.of(new Ranking.Completion("Hi", "m"), new Ranking.Completion("No", "n")));
        return new Tasks(store).add(project, List.of(draft), ada.id()).get(0);
    }

    /** A browser in which this person is logged in; nobody for null. */
    Visitor visitor(@Nullable Labeler person) {
        return new Visitor(studio.address(), person == null ? null : accounts.begin(person));
    }

    @Override
    public void close() {
        studio.close();
        store.close();
    }
}
