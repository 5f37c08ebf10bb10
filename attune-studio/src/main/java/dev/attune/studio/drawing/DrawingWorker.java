package dev.attune.studio.drawing;

import dev.attune.feedback.drawing.Drawing;
import dev.attune.feedback.drawing.DrawingPrompts;
import dev.attune.feedback.drawing.Drawings;
import dev.attune.feedback.drawing.Endpoints;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.Failures;
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
 * A thread that draws completions, a prompt of each running drawing in turn. It keeps nothing but its pace: started again, it
 * goes on where the store stands.
 */
public final class DrawingWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DrawingWorker.class.getName());
    private static final int FAILURES_IN_A_ROW = 3;
    private static final int SECONDS_BETWEEN_LOOKS = 2;

    private final Projects projects;
    private final Drawings drawings;
    private final DrawingPrompts prompts;
    private final Drawer drawer;
    private final Thread thread = new Thread(this::run, "attune-drawing");
    private final Semaphore bell = new Semaphore(0);
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /** Whether the last look found a drawing. */
    private volatile boolean drawing = true;

    public DrawingWorker(Store store, OpenModels models) {
        this.projects = new Projects(store);
        this.drawings = new Drawings(store);
        this.prompts = new DrawingPrompts(store);
        this.drawer = new Drawer(new Endpoints(store), models);
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks for work at once. */
    public void wake() {
        bell.release();
    }

    /** A labeler has taken a task: a drawing that keeps ahead of labelers may have to draw another. */
    public void taken() {
        if (drawing) {
            wake();
        }
    }

    /**
     * A labeler wants a task and there is none.
     *
     * @return whether one is on its way
     */
    public boolean ask(String project) {
        boolean coming = drawings.running().stream()
                .anyMatch(drawing -> drawing.project().equals(project)
                        && prompts.progress(drawing.id()).waiting() > 0);
        if (coming) {
            asking.add(project);
            wake();
        }
        return coming;
    }

    /** How quickly a drawing went since the studio was started. */
    public Pace pace(String drawing) {
        return paces.getOrDefault(drawing, Pace.NONE);
    }

    private void run() {
        while (!closing) {
            try {
                if (!round()) {
                    bell.tryAcquire(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "the store cannot be used: " + Failures.line(broken));
                bell.drainPermits();
            }
        }
    }

    /** One prompt of each drawing; whether anything was done. */
    private boolean round() {
        boolean worked = false;
        List<Drawing> running = drawings.running();
        drawing = !running.isEmpty();
        for (Drawing one : running) {
            if (!closing && due(one)) {
                step(one);
                worked = true;
            }
        }
        return worked;
    }

    /** Whether a prompt is to be drawn now: a drawing with a lead waits until labelers have come closer. */
    private boolean due(Drawing drawing) {
        Integer lead = drawing.plan().lead();
        return lead == null
                || asking.remove(drawing.project())
                || prompts.openTasks(drawing.project()) < lead
                || prompts.next(drawing.id()).isEmpty();
    }

    private void step(Drawing drawing) {
        Optional<Drawing.Waiting> waiting = prompts.next(drawing.id());
        Optional<Project> project = projects.find(drawing.project());
        if (waiting.isEmpty() || project.isEmpty()) {
            drawings.end(drawing.id(), Drawing.State.DONE, "", drawing.author());
            return;
        }
        long begin = System.nanoTime();
        try {
            Tasks.Draft draft = drawer.draw(drawing, waiting.get());
            boolean interrupted = Thread.interrupted();
            prompts.finish(drawing, waiting.get().number(), project.get(), draft);
            succeeded(drawing, (System.nanoTime() - begin) / 1e9);
            closing |= interrupted;
        } catch (RuntimeException | LinkageError | OutOfMemoryError wrong) {
            if (!closing) {
                failed(drawing, waiting.get().number(), Failures.line(wrong));
            }
        }
    }

    private void succeeded(Drawing drawing, double seconds) {
        failures.remove(drawing.id());
        int completions = drawing.plan().candidates();
        paces.merge(
                drawing.id(), Pace.NONE.and(completions, seconds), (before, one) -> before.and(completions, seconds));
    }

    /** One prompt may be too long for a model; where several fail in a row it is not the prompts. */
    private void failed(Drawing drawing, int number, String reason) {
        prompts.fail(drawing.id(), number, reason);
        if (failures.merge(drawing.id(), 1, Integer::sum) >= FAILURES_IN_A_ROW) {
            failures.remove(drawing.id());
            drawings.end(drawing.id(), Drawing.State.FAILED, reason, drawing.author());
        }
    }

    /** Ends after the prompt that is being drawn; one that waits for a server is given up and drawn again another time. */
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
