package dev.attune.cli.lab;

import dev.attune.cli.lab.crowd.AcknowledgedRanking;
import dev.attune.cli.lab.crowd.LabelerGroup;
import dev.attune.cli.lab.crowd.StudioProcess;
import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Summary;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab studio}: many concurrent labelers, and a server that is killed meanwhile. */
@Command(
        name = "studio",
        description = {
            "Let simulated labelers rank over HTTP in a closed loop while the studio, a separate process on the same machine,"
                    + " is killed with SIGKILL and restarted. Then check its database for lost and duplicate rankings.",
            "The latency is that of submissions, except those in progress between a kill and the first answer after it."
        },
        footer = {"", "Example:", "  attune lab studio --evidence docs/evidence/studio.txt"})
final class StudioLab extends LabCommand {
    private static final double P95_MILLIS = 100;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-studio",
            description = "Output directory for the database and the log (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "Empty database: an SQLite file or a PostgreSQL URL (default: a new SQLite file below --out).")
    private String database = "";

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "1700",
            description = "Number of tasks (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--overlap",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of rankings per task (default: ${DEFAULT-VALUE}).")
    private int overlap;

    @Option(
            names = "--labelers",
            paramLabel = "N",
            defaultValue = "50",
            description = "Number of simulated labelers (default: ${DEFAULT-VALUE}).")
    private int labelers;

    @Option(
            names = "--thinking",
            paramLabel = "MS",
            defaultValue = "100",
            description = "Time that a labeler takes for a task, in milliseconds (default: ${DEFAULT-VALUE}).")
    private int thinking;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of kills (default: ${DEFAULT-VALUE}).")
    private int kills;

    private record Outage(long from, long to) {
        boolean touches(AcknowledgedRanking answer) {
            return answer.sent() < to && answer.acknowledged() > from;
        }
    }

    @Override
    void measure(Figures figures) throws Exception {
        String url = url();
        StoreUrl address = StoreUrl.parse(url);
        LabelerGroup crowd;
        try (Store store = Store.open(address)) {
            crowd = LabelerGroup.in(store, tasks, overlap, labelers);
        }
        Queue<AcknowledgedRanking> answers = new ConcurrentLinkedQueue<>();
        List<Outage> outages = new ArrayList<>();
        long started = System.nanoTime();
        try (StudioProcess studio = new StudioProcess(url, out.resolve("studio.log"))) {
            AtomicInteger count = new AtomicInteger();
            Thread killer = new Thread(() -> kill(studio, count, outages), "killer");
            killer.start();
            crowd.rank(studio, Duration.ofMillis(thinking), answer -> {
                answers.add(answer);
                count.incrementAndGet();
            });
            killer.interrupt();
            killer.join();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        try (Store store = Store.open(address)) {
            counted(figures, store, answers, outages.size());
        }
        latency(figures, answers, outages);
        figures.add("rankings per second", answers.size() / seconds, Target.NONE, "restarts included");
    }

    private String url() throws IOException {
        Files.createDirectories(out);
        if (!database.isEmpty()) {
            return database;
        }
        Path file = out.resolve("studio.db");
        if (Files.exists(file)) {
            throw BadInputException.at(
                    file.toString(), "a database of an earlier run", "none", "remove it or name another --out");
        }
        return file.toString();
    }

    /** Kills the studio at equal intervals of submitted rankings. */
    private void kill(StudioProcess studio, AtomicInteger count, List<Outage> outages) {
        try {
            while (outages.size() < kills) {
                int next = (outages.size() + 1) * tasks * overlap / (kills + 1);
                while (count.get() < next) {
                    Thread.sleep(5);
                }
                long from = System.nanoTime();
                studio.killAndStart();
                outages.add(new Outage(from, System.nanoTime()));
                err().printf("killed and restarted after %d rankings%n", next);
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void counted(Figures figures, Store store, Queue<AcknowledgedRanking> answers, int killed) {
        List<String> kept = store.read(handle -> handle.createQuery("SELECT submission FROM ranking")
                .mapTo(String.class)
                .list());
        Set<String> distinct = new HashSet<>(kept);
        long lost = answers.stream()
                .filter(answer -> !distinct.contains(answer.submission()))
                .count();
        int uneven = store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM (SELECT t.id FROM task t"
                        + " LEFT JOIN ranking r ON r.task = t.id GROUP BY t.id HAVING COUNT(r.id) <> :overlap) uneven")
                .bind("overlap", overlap)
                .mapTo(Integer.class)
                .one());
        figures.add("kills", killed, Target.atLeast(kills))
                .add("rankings acknowledged", answers.size(), Target.atLeast((double) tasks * overlap))
                .add("acknowledged and lost", (double) lost, Target.atMost(0))
                .add("duplicates", (double) kept.size() - distinct.size(), Target.atMost(0))
                .add("tasks not at their overlap", uneven, Target.atMost(0));
    }

    private static void latency(Figures figures, Queue<AcknowledgedRanking> answers, List<Outage> outages) {
        double[] millis = answers.stream()
                .filter(answer -> outages.stream().noneMatch(outage -> outage.touches(answer)))
                .mapToDouble(AcknowledgedRanking::millis)
                .toArray();
        figures.add("submitting, median ms", Summary.median(millis), Target.NONE)
                .add(
                        "submitting, 95th percentile ms",
                        Summary.quantile(millis, 0.95),
                        Target.under(P95_MILLIS),
                        millis.length + " of " + answers.size() + "; the others were in progress during a restart");
        figures.add(
                "seconds from a kill to the next answer",
                outages.stream()
                        .mapToDouble(one -> (one.to() - one.from()) / 1e9)
                        .max()
                        .orElse(0),
                Target.NONE,
                "longest");
    }
}
