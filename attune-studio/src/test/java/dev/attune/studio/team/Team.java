package dev.attune.studio.team;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.FreshStudio;
import java.nio.file.Path;
import java.util.List;

/**
 * A studio of Ada, an admin, and Ben, a labeler who is assigned to one of two projects; each project has a task. Both have the
 * same password.
 */
final class Team extends FreshStudio {
    static final String PASSWORD = "correct horse battery";

    final Labeler ada;
    final Labeler ben;
    final Project open;
    final Project closed;
    final String closedTask;

    Team(Database database, Path folder) {
        super(database, folder);
        ada = invitations.accept(invitations.invite(Role.ADMIN, null), "Ada", PASSWORD);
        ben = invitations.accept(invitations.invite(Role.LABELER, ada.id()), "Ben", PASSWORD);
        Projects projects = new Projects(store);
        open = projects.add(Project.Plan.of("Open project", List.of(Criterion.HELPFUL)), ada.id());
        closed = projects.add(Project.Plan.of("Closed project", List.of(Criterion.HELPFUL)), ada.id());
        new Members(store).add(open.id(), ben.id(), ada.id());
        addTask(open);
        closedTask = addTask(closed);
    }

    private String addTask(Project project) {
        Tasks.Draft draft = new Tasks.Draft(
                Prompt.text("Hello?"), List.of(new Ranking.Completion("Hi", "m"), new Ranking.Completion("No", "n")));
        return new Tasks(store).add(project, List.of(draft), ada.id()).get(0);
    }
}
