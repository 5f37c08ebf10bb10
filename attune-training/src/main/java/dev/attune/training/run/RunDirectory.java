package dev.attune.training.run;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The folder of one run: its recipe, its logs, to which complete lines are appended, and its rollouts. Opened for
 * writing by one process at a time.
 */
public final class RunDirectory implements AutoCloseable {
    public static final String RECIPE = "recipe.yaml";
    public static final String METRICS = "metrics.jsonl";
    public static final String SAMPLES = "samples.jsonl";
    public static final String MODEL = "model";

    /** The adapter that was trained, in PEFT's format; the model in {@link #MODEL} has it merged. */
    public static final String ADAPTER = "adapter";

    /** The critic of a policy that acts in an environment, as a reward model. */
    public static final String CRITIC = "critic";

    private static final String EVENTS = "events.out.tfevents.attune";
    private static final String ROLLOUTS = "rollouts";
    private static final int SAMPLES_A_STEP = 4;

    private final Path path;
    private final LineLog metrics;
    private final LineLog samples;
    private final TensorBoardLog events;

    private RunDirectory(Path path) throws IOException {
        this.path = path;
        this.metrics = LineLog.open(path.resolve(METRICS));
        this.samples = LineLog.open(path.resolve(SAMPLES));
        this.events = TensorBoardLog.open(path.resolve(EVENTS));
    }

    /**
     * Starts a run in an empty or missing folder.
     *
     * @param recipe the complete recipe, as YAML
     * @throws BadInputException if the folder is not empty
     */
    public static RunDirectory create(Path path, String recipe) throws IOException {
        requireEmpty(path);
        Files.createDirectories(path);
        AtomicFiles.write(path.resolve(RECIPE), recipe);
        return new RunDirectory(path);
    }

    /** @throws BadInputException if the folder exists and is not empty */
    public static void requireEmpty(Path path) throws IOException {
        if (Files.exists(path) && !isEmpty(path)) {
            throw BadInputException.at(
                    path.toString(),
                    "a folder that is not empty",
                    "a new or empty one",
                    "name another with out=DIR, or resume the run with --resume " + path);
        }
    }

    /** Opens an existing run and truncates its logs after {@code lastStep}. */
    public static RunDirectory reopen(Path path, int lastStep) throws IOException {
        for (String log : List.of(METRICS, SAMPLES)) {
            if (Files.exists(path.resolve(log))) {
                LineLog.cutBack(path.resolve(log), line -> stepOf(line) <= lastStep);
            }
        }
        if (Files.exists(path.resolve(EVENTS))) {
            TensorBoardLog.cutBack(path.resolve(EVENTS), lastStep);
        }
        dropRollouts(path, lastStep);
        return new RunDirectory(path);
    }

    public Path path() {
        return path;
    }

    public Path model() {
        return path.resolve(MODEL);
    }

    /** Appends a step's numbers to metrics.jsonl and for TensorBoard. Numbers that are not finite are left out. */
    public void write(int step, Map<String, Double> values) {
        Map<String, Double> finite = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                finite.put(name, value);
            }
        });
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.putAll(finite);
        writing("the log of step " + step, () -> {
            metrics.append(Json.line(line));
            events.write(step, finite);
        });
    }

    /** Writes the first {@code keep} rollouts of a step token by token. */
    public void writeRollouts(int step, List<Rollout> rollouts, int keep) {
        Path file = rolloutFile(path, step);
        writing(
                "the rollouts of step " + step,
                () -> RolloutFiles.write(file, rollouts.subList(0, Math.min(keep, rollouts.size()))));
    }

    /** Appends a few of a step's completions to samples.jsonl. */
    public void writeSamples(int step, List<Rollout> rollouts) {
        writing("the samples of step " + step, () -> {
            for (Rollout rollout : rollouts.subList(0, Math.min(SAMPLES_A_STEP, rollouts.size()))) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("step", step);
                line.put("prompt", rollout.prompt());
                line.put("completion", rollout.completion());
                line.put("score", rollout.score());
                samples.append(Json.line(line));
            }
        });
    }

    /** The file of the rollouts of a step. */
    public static Path rolloutFile(Path run, int step) {
        return run.resolve(ROLLOUTS).resolve("step-" + step + ".jsonl.gz");
    }

    @Override
    public void close() {
        writing("the logs", () -> {
            metrics.close();
            samples.close();
            events.close();
        });
    }

    /** An action that writes to the disk. */
    interface Writing {
        void run() throws IOException;
    }

    /** Adds the file to write errors, so that a full disk ends a run with one line. */
    static void writing(String what, Writing writing) {
        try {
            writing.run();
        } catch (IOException | UncheckedIOException e) {
            throw new RunFailedException("cannot write " + what + ": " + e.getMessage(), e);
        }
    }

    /** Whether a folder is empty, or contains only the recipe of a run that was killed before it started. */
    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Path unfinished = AtomicFiles.temporary(folder.resolve(RECIPE));
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(unfinished::equals);
        }
    }

    private static int stepOf(String line) {
        JsonNode step = Json.tree(line).get("step");
        return step == null ? Integer.MAX_VALUE : step.asInt(Integer.MAX_VALUE);
    }

    private static void dropRollouts(Path run, int lastStep) throws IOException {
        Path folder = run.resolve(ROLLOUTS);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (StepNames.stepOf(file) > lastStep) {
                    Files.delete(file);
                }
            }
        }
    }
}
