package dev.attune.cli.lab;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.process.Version;
import dev.attune.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Base of all experiments: figures with targets, exit status 1 on a miss, evidence on request. */
abstract class LabCommand extends BaseCommand {
    @Option(names = "--json", description = "Print {figures: [{name, value, target, met, note}], met}.")
    private boolean json;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "File to which the figures are written too, with commit, machine and time.")
    private @Nullable Path evidence;

    /** Runs the experiment; progress goes to standard error. */
    abstract void measure(Figures figures) throws Exception;

    @Override
    protected final int run() throws Exception {
        long started = System.nanoTime();
        Figures figures = new Figures();
        measure(figures);
        double minutes = (System.nanoTime() - started) / 60e9;
        if (json) {
            json(asJson(figures));
        } else {
            out().print(figures);
        }
        if (evidence != null) {
            write(evidence, figures, minutes);
        }
        return figures.allMet() ? 0 : 1;
    }

    private static Map<String, Object> asJson(Figures figures) {
        List<Map<String, Object>> rows = figures.all().stream()
                .map(figure -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("name", figure.name());
                    row.put("value", figure.value());
                    row.put("target", figure.target().text());
                    row.put("met", figure.met());
                    row.put("note", figure.note());
                    return row;
                })
                .toList();
        return Map.of("figures", rows, "met", figures.allMet());
    }

    private void write(Path file, Figures figures, double minutes) throws IOException {
        String text = "attune " + typed() + "\n"
                + "commit " + LabMachine.commit() + ", attune " + Version.current() + "\n"
                + "machine " + LabMachine.describe() + "\n"
                + "finished " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " after "
                + String.format(java.util.Locale.ROOT, "%.1f minutes", minutes) + "\n\n" + figures;
        AtomicFiles.write(file, text);
    }
}
