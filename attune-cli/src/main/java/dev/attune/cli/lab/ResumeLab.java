package dev.attune.cli.lab;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Hashing;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab resume}: a run killed with SIGKILL at random times and resumed ends with bit-identical weights. */
@Command(
        name = "resume",
        description = {
            "Train a recipe once without interruption, and once killed with SIGKILL at random times and resumed each time."
                    + " Compare the two models byte by byte. The recipe needs frequent checkpoints."
        },
        footer = {
            "",
            "Example:",
            "  attune lab resume my-ppo.yaml steps=60 checkpoint.every=3 --kills 20 --out runs/lab-resume"
        })
final class ResumeLab extends LabCommand {
    /** The standard error of the runs. */
    private static final String LOG = "runs.log";

    @Parameters(
            arity = "1..*",
            paramLabel = "RECIPE|key=value",
            description = "Arguments of 'attune train', without out=.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of kills (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-resume",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the times of the kills (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    void measure(Figures figures) throws Exception {
        Path whole = out.resolve("whole");
        Path killed = out.resolve("killed");
        if (Files.exists(whole) || Files.exists(killed)) {
            throw BadInputException.at(
                    out.toString(), "earlier runs", "an empty directory", "remove it or name another --out");
        }
        Files.createDirectories(out);
        long started = System.nanoTime();
        requireDone(start(train(whole)), whole);
        double seconds = (System.nanoTime() - started) / 1e9;
        err().printf("without interruption: %.0f s%n", seconds);
        int done = killAndResume(killed, seconds);
        List<String> differing = differing(whole.resolve("model"), killed.resolve("model"));
        figures.add("kills", done, Target.atLeast(kills))
                .add("weight files that differ", differing.size(), Target.atMost(0), String.join(", ", differing))
                .add(
                        "lines of metrics.jsonl missing or added",
                        (double) Math.abs(lines(whole) - lines(killed)),
                        Target.atMost(0),
                        "no step twice, none missing");
    }

    /** Kills the run at random times, resuming it after each kill, then lets it complete; returns the number of kills. */
    private int killAndResume(Path killed, double seconds) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        int done = 0;
        while (done < kills) {
            Process process = restart(killed);
            long wait = (long) (1000 * random.nextDouble() * Math.max(2, seconds / 4));
            if (process.waitFor(wait, TimeUnit.MILLISECONDS)) {
                if (Files.exists(killed.resolve("model"))) {
                    break;
                }
                requireDone(process, killed);
            }
            process.destroyForcibly().waitFor();
            done++;
            err().printf("killed %d times, the last after %.1f s%n", done, wait / 1000.0);
        }
        requireDone(restart(killed), killed);
        return done;
    }

    /** Resumes the run; one that was killed before it wrote its recipe is started again. */
    private Process restart(Path run) throws IOException {
        return start(Files.exists(run.resolve(RunDirectory.RECIPE)) ? resume(run) : train(run));
    }

    private List<String> train(Path run) {
        List<String> command = new ArrayList<>(List.of("train"));
        command.addAll(arguments);
        command.add("out=" + run);
        return command;
    }

    private static List<String> resume(Path run) {
        return List.of("train", "--resume", run.toString());
    }

    /** Starts this program as another process. */
    private Process start(List<String> arguments) throws IOException {
        return new ProcessBuilder(OwnProcess.command(List.of("-Xmx1g"), arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(out.resolve(LOG).toFile()))
                .start();
    }

    private void requireDone(Process process, Path run) throws InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new RunFailedException(
                    run + ": the run ended with status " + status + "; " + out.resolve(LOG) + " says why");
        }
    }

    private static List<String> differing(Path first, Path second) throws IOException {
        List<String> differing = new ArrayList<>();
        try (var files = Files.list(first)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList()) {
                String name = String.valueOf(file.getFileName());
                if (!Hashing.sha256(file).equals(Hashing.sha256(second.resolve(name)))) {
                    differing.add(name);
                }
            }
        }
        return differing;
    }

    private static long lines(Path run) throws IOException {
        try (var lines = Files.lines(run.resolve("metrics.jsonl"))) {
            return lines.count();
        }
    }
}
