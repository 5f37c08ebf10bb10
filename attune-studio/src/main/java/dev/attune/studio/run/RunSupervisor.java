package dev.attune.studio.run;

import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts queued runs and records how their processes end, including those that an earlier studio started. */
public final class RunSupervisor {
    /** Time that a claimed run may be without a process before it is taken over. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Store store;
    private final Runs runs;
    private final TrainCommandLine train;
    private final int jobs;

    /** @param jobs maximum number of concurrent runs */
    public RunSupervisor(Store store, TrainCommandLine train, int jobs) {
        this.store = store;
        this.runs = new Runs(store);
        this.train = train;
        this.jobs = jobs;
    }

    /** Checks every run once, and starts those that are next in the queue. */
    public void poll() {
        runs.working().forEach(this::poll);
        for (Optional<Run> next = runs.claim(jobs); next.isPresent(); next = runs.claim(jobs)) {
            start(next.get());
        }
    }

    private void start(Run run) {
        RunPlace place = RunPlace.of(run);
        List<String> arguments = place.run().started()
                ? List.of("--resume", place.run().path().toString())
                : List.of(place.recipe().toString(), "out=" + place.run().path());
        try {
            runs.workedOnBy(run, RunProcess.start(train.with(arguments), place));
        } catch (IOException e) {
            runs.end(run, Run.State.FAILED, "the process cannot be started: " + e.getMessage());
        }
    }

    private void poll(Run run) {
        RunPlace place = RunPlace.of(run);
        Run.Worker worker = run.worker();
        if (worker == null) {
            adopt(run, place);
            return;
        }
        RunProcess.ProcessStatus status = RunProcess.status(place, worker);
        if (status instanceof RunProcess.ProcessStatus.Ended ended) {
            end(run, place, ended.status());
        } else if (status instanceof RunProcess.ProcessStatus.Lost) {
            end(
                    run,
                    run.state() == Run.State.STOPPING,
                    "its process ended without an exit status: it was killed, or the machine restarted");
        } else if (run.state() == Run.State.STOPPING) {
            RunProcess.stop(worker);
        }
    }

    /** Takes over a run claimed by a studio that died before it recorded the process. */
    private void adopt(Run run, RunPlace place) {
        long claimed = run.started() == null ? 0 : run.started();
        if (store.now() < claimed + GRACE.toMillis()) {
            return;
        }
        Optional<RunProcess.ProcessStatus> ended = RunProcess.ended(place);
        Optional<Run.Worker> found = RunProcess.found(place, claimed);
        if (ended.isPresent() && ended.get() instanceof RunProcess.ProcessStatus.Ended status) {
            end(run, place, status.status());
        } else if (found.isPresent()) {
            runs.workedOnBy(run, found.get());
        } else if (run.state() == Run.State.STOPPING) {
            runs.end(run, Run.State.STOPPED, "");
        } else {
            runs.giveBack(run);
        }
    }

    private void end(Run run, RunPlace place, int status) {
        if (status == 0 && place.run().complete()) {
            runs.end(run, Run.State.FINISHED, "");
        } else {
            String last = LogTail.of(place.log(), 1).strip();
            end(run, run.state() == Run.State.STOPPING, "exit status " + status + (last.isEmpty() ? "" : ": " + last));
        }
    }

    private void end(Run run, boolean asked, String why) {
        runs.end(run, asked ? Run.State.STOPPED : Run.State.FAILED, asked ? "" : why);
    }

    /** Stops a run, or removes it from the queue; a second request kills its process. */
    public void stop(Run run, String author) {
        Run.Worker worker = run.worker();
        if (run.state() == Run.State.STOPPING && worker != null) {
            RunProcess.kill(worker);
        } else {
            runs.stop(run.id(), author);
        }
    }
}
