package dev.attune.feedback.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rankings of completions that a person compared in the playground: a task with one seat is created for each. */
public final class PlaygroundVotes {
    private final Store store;
    private final Tasks tasks;
    private final Queue queue;

    public PlaygroundVotes(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
        this.queue = new Queue(store);
    }

    /**
     * A comparison with its result.
     *
     * @param id chosen by the client: sending it again changes nothing
     * @param project its only criterion is that of the judgement
     * @param shown the order in which the completions were seen
     * @param seconds seconds since they were shown
     */
    public record Vote(
            String id,
            Project project,
            Tasks.Draft draft,
            List<Integer> shown,
            String labeler,
            Judgement judgement,
            double seconds) {
        public Vote {
            shown = List.copyOf(shown);
        }
    }

    /**
     * @throws dev.attune.core.error.BadInputException if the judgement does not fit the project and these completions
     */
    public Submission.Outcome cast(Vote vote) {
        return store.write(handle -> {
            tasks.hold(handle, vote.project().id());
            return SubmissionIntake.known(handle, vote.id(), vote.labeler())
                    ? Submission.Outcome.KNOWN
                    : cast(handle, vote);
        });
    }

    private Submission.Outcome cast(Handle handle, Vote vote) {
        Project project = vote.project();
        Project alone = new Project(project.id(), project.name(), 1, project.leaseSeconds(), project.criteria());
        String task =
                tasks.add(handle, alone, List.of(vote.draft()), vote.labeler()).get(0);
        queue.seat(handle, alone, task, vote.labeler(), vote.shown());
        return queue.submit(
                handle, new Submission(vote.id(), task, vote.labeler(), List.of(vote.judgement()), vote.seconds()));
    }
}
