package dev.attune.feedback.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rankings of what somebody compared outside the queue: the task is made for them and has one seat, which is theirs. */
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
     * What was compared and how it came out.
     *
     * @param id chosen by whoever sends it: sent again it changes nothing
     * @param project whose only criterion is that of the judgement
     * @param shown the order in which the completions were seen
     * @param seconds from when they were shown
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

    /** @throws dev.attune.core.error.BadInputException if the judgement is none of the project and these completions */
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
