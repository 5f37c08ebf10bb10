package dev.attune.studio.sampling;

import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.SamplingJob;
import dev.attune.feedback.sampling.SamplingJobs;
import dev.attune.feedback.sampling.SamplingPrompts;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.FailureText;
import dev.attune.studio.models.OpenModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that samples completions, one prompt of each running job in turn. Its state is in the store, except the sampling
 * rate.
 */
public final class SamplingWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SamplingWorker.class.getName());
    private static final int FAILURES_IN_A_ROW = 3;
    private static final int POLL_SECONDS = 2;

    private final Projects projects;
    private final SamplingJobs jobs;
    private final SamplingPrompts prompts;
    private final CompletionSampler sampler;
    private final Thread thread = new Thread(this::run, "attune-sampling");
    private final Semaphore bell = new Semaphore(0);
    private final Map<String, SamplingRate> rates = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /** Whether the last poll found a sampling job. */
    private volatile boolean anyRunning = true;

    public SamplingWorker(Store store, OpenModels models) {
        this.projects = new Projects(store);
        this.jobs = new SamplingJobs(store);
        this.prompts = new SamplingPrompts(store);
        this.sampler = new CompletionSampler(new Endpoints(store), models);
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Polls immediately. */
    public void wake() {
        bell.release();
    }

    /** A labeler has taken a task: a sampling job with a lookahead may have to sample another one. */
    public void taken() {
        if (anyRunning) {
            wake();
        }
    }

    /**
     * A labeler requests a task and none is ready.
     *
     * @return whether one is being sampled
     */
    public boolean ask(String project) {
        boolean coming = jobs.running().stream()
                .anyMatch(job -> job.project().equals(project)
                        && prompts.progress(job.id()).waiting() > 0);
        if (coming) {
            asking.add(project);
            wake();
        }
        return coming;
    }

    /** The rate of a sampling job since the start of the studio. */
    public SamplingRate rate(String job) {
        return rates.getOrDefault(job, SamplingRate.NONE);
    }

    private void run() {
        while (!closing) {
            try {
                if (!round()) {
                    bell.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "the store cannot be used: " + FailureText.line(broken));
                bell.drainPermits();
            }
        }
    }

    /** Samples one prompt of each job; returns whether any was sampled. */
    private boolean round() {
        boolean worked = false;
        List<SamplingJob> running = jobs.running();
        anyRunning = !running.isEmpty();
        for (SamplingJob one : running) {
            if (!closing && due(one)) {
                step(one);
                worked = true;
            }
        }
        return worked;
    }

    /** Whether a prompt is to be sampled now: a sampling job with a lookahead waits until labelers have come closer. */
    private boolean due(SamplingJob job) {
        Integer lookahead = job.plan().lookahead();
        return lookahead == null
                || asking.remove(job.project())
                || prompts.openTasks(job.project()) < lookahead
                || prompts.next(job.id()).isEmpty();
    }

    private void step(SamplingJob job) {
        Optional<SamplingJob.Waiting> waiting = prompts.next(job.id());
        Optional<Project> project = projects.find(job.project());
        if (waiting.isEmpty() || project.isEmpty()) {
            jobs.end(job.id(), SamplingJob.State.DONE, "", job.author());
            return;
        }
        long begin = System.nanoTime();
        try {
            Tasks.Draft draft = sampler.sample(job, waiting.get());
            boolean interrupted = Thread.interrupted();
            prompts.finish(job, waiting.get().number(), project.get(), draft);
            succeeded(job, (System.nanoTime() - begin) / 1e9);
            closing |= interrupted;
        } catch (RuntimeException | LinkageError | OutOfMemoryError wrong) {
            if (!closing) {
                failed(job, waiting.get().number(), FailureText.line(wrong));
            }
        }
    }

    private void succeeded(SamplingJob job, double seconds) {
        failures.remove(job.id());
        int completions = job.plan().candidates();
        rates.merge(
                job.id(),
                SamplingRate.NONE.and(completions, seconds),
                (before, one) -> before.and(completions, seconds));
    }

    /** A single prompt may be too long for a model; after several failures in a row the job stops. */
    private void failed(SamplingJob job, int number, String reason) {
        prompts.fail(job.id(), number, reason);
        if (failures.merge(job.id(), 1, Integer::sum) >= FAILURES_IN_A_ROW) {
            failures.remove(job.id());
            jobs.end(job.id(), SamplingJob.State.FAILED, reason, job.author());
        }
    }

    /** Stops after the current prompt; a pending request to a server is cancelled and repeated after a restart. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
