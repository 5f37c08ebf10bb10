package dev.attune.cli.lab;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab contention}: how much longer the quickstart takes beside a process that keeps one core busy. */
@Command(
        name = "contention",
        description = {
            "Run the quickstart alone and beside a process that keeps one core busy, and compare the times. Each run is a"
                    + " process of its own; nothing else should run meanwhile."
        },
        footer = {
            "",
            "Examples:",
            "  attune lab contention --evidence docs/evidence/contention.txt",
            "  attune lab contention --out /tmp/contention -- --steps 5 --prompts 100"
        })
final class ContentionLab extends LabCommand {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-contention",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of pairs of runs (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Parameters(paramLabel = "ARGUMENT", description = "After '--': further arguments of 'attune quickstart'.")
    private List<String> arguments = new ArrayList<>();

    @Override
    void measure(Figures figures) throws Exception {
        if (Files.exists(out)) {
            throw BadInputException.at(
                    out.toString(), "earlier runs", "a new directory", "remove it or name another --out");
        }
        Files.createDirectories(out);
        double[] quiet = new double[repetitions];
        double[] beside = new double[repetitions];
        double[] ratios = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            quiet[i] = quickstart("quiet-" + (i + 1));
            Process busy = startBusyProcess();
            try {
                beside[i] = quickstart("beside-" + (i + 1));
            } finally {
                busy.destroyForcibly().waitFor();
            }
            ratios[i] = beside[i] / quiet[i];
        }
        figures.addMedian("quickstart alone, s", quiet, Target.NONE, 2)
                .addMedian("quickstart beside a busy process, s", beside, Target.NONE, 2)
                .addMedian("times as long", ratios, Target.atMost(1.8), 2);
    }

    /** The seconds of all stages of a quickstart in a process of its own. */
    private double quickstart(String name) throws IOException, InterruptedException {
        err().println("quickstart " + name);
        Path result = out.resolve(name + ".json");
        Path log = out.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of("quickstart", "--json", "--out"));
        command.add(out.resolve(name).toString());
        command.addAll(arguments);
        int status = new ProcessBuilder(OwnProcess.command(List.of(), command))
                .redirectOutput(result.toFile())
                .redirectError(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new RunFailedException("the quickstart ended with status " + status + "; " + log + " says why");
        }
        return Json.readTree(result).path("seconds").doubleValue();
    }

    private static Process startBusyProcess() throws IOException {
        return new ProcessBuilder(OwnProcess.command(List.of("-Xmx64m"), BusyCore.class, List.of()))
                .inheritIO()
                .start();
    }
}
