package dev.attune.cli.lab;

import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.PairOptions;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.transfer.ExportFile;
import dev.attune.feedback.transfer.ImportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab feedback}: export, import and pairs of rankings. */
@Command(
        name = "feedback",
        description = {
            "Export rankings of four completions from one database, import them into another and derive their pairs. Measure"
                    + " the time, and check that nothing is lost."
        },
        footer = {"", "Example:", "  attune lab feedback --evidence docs/evidence/feedback.txt"})
final class FeedbackLab extends LabCommand {
    private static final double SECONDS = 5;
    private static final ReadOptions STRICT = ReadOptions.defaults().withOnFault(OnFault.FAIL);

    @Option(
            names = "--rankings",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of rankings (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the rankings (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** Work to be timed. */
    private interface Work {
        long run() throws IOException;
    }

    @Override
    void measure(Figures figures) throws IOException {
        Path folder = Files.createTempDirectory("attune-lab");
        try (Store from = store(folder.resolve("from.db"));
                Store to = store(folder.resolve("to.db"))) {
            RankingsOfFour rankings = RankingsOfFour.random(count, seed);
            Path given = folder.resolve("given.jsonl");
            rankings.write(given);
            Project project = imported(from, given);
            measure(figures, folder, from, to, project, rankings.pairs());
        } finally {
            delete(folder);
        }
    }

    private void measure(Figures figures, Path folder, Store from, Store to, Project project, long expected)
            throws IOException {
        Path lines = folder.resolve("rankings.jsonl");
        Path pairs = folder.resolve("pairs.jsonl");
        double export = timed(figures, "export, s", () -> ExportFile.rankings(from, project, lines));
        Project[] copy = new Project[1];
        double imported = timed(figures, "import, s", () -> {
            copy[0] = imported(to, lines);
            return count;
        });
        long[] derived = new long[1];
        double pairing = timed(figures, "pairs, s", () -> {
            derived[0] = ExportFile.preferences(to, copy[0], pairs, PairOptions.defaults());
            return derived[0];
        });
        Path again = folder.resolve("again.jsonl");
        ExportFile.rankings(to, copy[0], again);
        figures.add("all three, s", export + imported + pairing, Target.under(SECONDS))
                .add(
                        "lines that changed",
                        (double) differing(Files.readAllLines(lines), Files.readAllLines(again)),
                        Target.atMost(0),
                        "of " + count)
                .add(
                        "pairs missing or added",
                        (double) Math.abs(derived[0] - expected),
                        Target.atMost(0),
                        "of " + expected);
    }

    private static double timed(Figures figures, String name, Work work) throws IOException {
        long started = System.nanoTime();
        long rows = work.run();
        double seconds = (System.nanoTime() - started) / 1e9;
        figures.add(name, seconds, Target.NONE, rows + " rows");
        return seconds;
    }

    private static Store store(Path file) {
        return Store.open(StoreUrl.parse(file.toString()));
    }

    private static Project imported(Store store, Path file) {
        String author = new Labelers(store).atThisMachine().id();
        Project project = new Projects(store).add(Project.Plan.of("Lab", List.of(Criterion.HELPFUL)), author);
        ImportFile.read(file, STRICT).addRankings(store, project, author);
        return project;
    }

    private static long differing(List<String> first, List<String> second) {
        long common = IntStream.range(0, Math.min(first.size(), second.size()))
                .filter(i -> !first.get(i).equals(second.get(i)))
                .count();
        return common + Math.abs(first.size() - second.size());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
