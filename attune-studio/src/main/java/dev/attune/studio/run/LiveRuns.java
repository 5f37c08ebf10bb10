package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Store;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends updates of runs to open pages. */
public final class LiveRuns implements AutoCloseable {
    private static final int POLL_MILLIS = 700;

    /** Then the connection is closed, and the page connects again with a new permission check. */
    private static final int MAX_POLLS = 800;

    /** Without updates a comment is sent regularly, which detects closed connections. */
    private static final int POLLS_BETWEEN_COMMENTS = 15;

    private final Runs runs;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "live-runs");
        thread.setDaemon(true);
        return thread;
    });

    public LiveRuns(Store store) {
        this.runs = new Runs(store);
    }

    void watch(SseClient client, FoundRun run) {
        client.keepAlive();
        clients.add(client);
        Future<?> looking =
                scheduler.scheduleWithFixedDelay(new Viewer(client, run), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
        client.onClose(() -> {
            clients.remove(client);
            looking.cancel(false);
        });
    }

    /** An open page of a run. */
    private final class Viewer implements Runnable {
        private final SseClient client;
        private final FoundRun run;
        private final RunWatch watch;
        private String state = "";
        private String log = "";
        private int polls;

        Viewer(SseClient client, FoundRun run) {
            this.client = client;
            this.run = run;
            this.watch = new RunWatch(run.directory());
        }

        @Override
        public void run() {
            try {
                poll();
            } catch (IOException | RuntimeException e) {
                client.close(); // the page connects again
            }
            polls++;
            if (polls > MAX_POLLS) {
                client.close();
            }
        }

        private void poll() throws IOException {
            if (watch.changed()) {
                MetricsLog figures = watch.figures();
                client.sendEvent("figures", RunPage.figures(figures));
                client.sendEvent("step", Long.toString(figures.lastStep()));
            } else if (polls % POLLS_BETWEEN_COMMENTS == 0) {
                client.sendComment("still here");
            }
            String newLog = RunPage.log(run);
            if (!newLog.equals(log)) {
                log = newLog;
                client.sendEvent("log", log);
            }
            String newState = currentState();
            if (!newState.equals(state)) {
                state = newState;
                client.sendEvent("state", state);
            }
        }

        private String currentState() {
            Run queued = run.run();
            return queued == null
                    ? run.state()
                    : runs.find(queued.id()).orElse(queued).state().configName();
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        clients.forEach(SseClient::close);
    }
}
