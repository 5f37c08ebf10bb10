package dev.attune.cli.lab.crowd;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A project with tasks, and the sessions of simulated labelers. */
public record LabelerGroup(Project project, List<String> sessions) {
    /** Creates a project with four completions per task and one criterion. */
    public static LabelerGroup in(Store store, int tasks, int overlap, int labelers) {
        Invitations invitations = new Invitations(store);
        var admin = invitations.accept(invitations.invite(Role.ADMIN, null), "Admin", "a long enough password");
        Project project = new Projects(store)
                .add(Project.Plan.of("Under load", List.of(Criterion.HELPFUL)).withOverlap(overlap), admin.id());
        new Tasks(store)
                .add(
                        project,
                        IntStream.rangeClosed(1, tasks)
                                .mapToObj(LabelerGroup::draft)
                                .toList(),
                        admin.id());
        Accounts accounts = new Accounts(store);
        Members members = new Members(store);
        List<String> sessions = new ArrayList<>();
        for (int i = 1; i <= labelers; i++) {
            var labeler = new Labelers(store).add("Labeler " + i, Role.LABELER);
            members.add(project.id(), labeler.id(), admin.id());
            sessions.add(accounts.begin(labeler));
        }
        return new LabelerGroup(project, sessions);
    }

    private static Tasks.Draft draft(int number) {
        return new Tasks.Draft(
                Prompt.text("Question " + number + ": what would you say to somebody who asks this?"),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i ->
                                new Ranking.Completion("Answer " + i + ", in a sentence or two. ".repeat(4), "m" + i))
                        .toList());
    }

    /** Lets all labelers rank until no task is left. */
    public void rank(StudioProcess studio, Duration thinking, Consumer<AcknowledgedRanking> acknowledged)
            throws InterruptedException, ExecutionException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
        try {
            List<LabelerClient> labelers = sessions.stream()
                    .map(session -> new LabelerClient(client, studio, project.id(), session, thinking, acknowledged))
                    .toList();
            for (Future<@Nullable Void> one : threads.invokeAll(labelers)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
