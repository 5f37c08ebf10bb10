package dev.attune.studio;

import dev.attune.core.run.MetricsLog;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Store;
import dev.attune.studio.run.FoundRun;
import dev.attune.studio.run.RunWatch;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells open pages what is new of their runs. */
final class LiveRuns implements AutoCloseable {
    private static final int LOOK_MILLIS = 700;

    /** Then the page asks again, and whether it may is asked again as well. */
    private static final int LOOKS = 800;

    /** Without anything new a line is sent now and then: only that shows whether somebody still listens. */
    private static final int QUIET_LOOKS = 15;

    private final Runs runs;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService pulse = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "live-runs");
        thread.setDaemon(true);
        return thread;
    });

    LiveRuns(Store store) {
        this.runs = new Runs(store);
    }

    void watch(SseClient client, FoundRun run) {
        client.keepAlive();
        clients.add(client);
        Future<?> looking =
                pulse.scheduleWithFixedDelay(new Viewer(client, run), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        client.onClose(() -> {
            clients.remove(client);
            looking.cancel(false);
        });
    }

    /** Somebody who looks at a run. */
    private final class Viewer implements Runnable {
        private final SseClient client;
        private final FoundRun run;
        private final RunWatch watch;
        private String state = "";
        private String log = "";
        private int looks;

        Viewer(SseClient client, FoundRun run) {
            this.client = client;
            this.run = run;
            this.watch = new RunWatch(run.directory());
        }

        @Override
        public void run() {
            try {
                look();
            } catch (IOException | RuntimeException e) {
                client.close(); // the page asks again
            }
            looks++;
            if (looks > LOOKS) {
                client.close();
            }
        }

        private void look() throws IOException {
            if (watch.changed()) {
                MetricsLog figures = watch.figures();
                client.sendEvent("figures", RunPage.figures(figures));
                client.sendEvent("step", Long.toString(figures.lastStep()));
            } else if (looks % QUIET_LOOKS == 0) {
                client.sendComment("still here");
            }
            String newLog = RunPage.log(run);
            if (!newLog.equals(log)) {
                log = newLog;
                client.sendEvent("log", log);
            }
            String newState = stateNow();
            if (!newState.equals(state)) {
                state = newState;
                client.sendEvent("state", state);
            }
        }

        private String stateNow() {
            Run asked = run.run();
            return asked == null
                    ? run.state()
                    : runs.find(asked.id()).orElse(asked).state().configName();
        }
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        clients.forEach(SseClient::close);
    }
}
