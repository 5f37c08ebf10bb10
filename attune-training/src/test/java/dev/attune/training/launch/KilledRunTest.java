package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child JVM is killed (SIGKILL) or asked to end (SIGTERM) during its run; the resumed run ends with the same bits.
 */
class KilledRunTest {
    private static final int KILLS = 3;
    private static final int TERMINATED = 128 + 15;
    private static final String RECIPE = "recipe.yaml";

    @TempDir
    Path folder;

    @Test
    void aKilledRunEndsWithTheSameWeights() throws Exception {
        Path recipe = recipe(3);
        Path killed = folder.resolve("killed");
        SplittableRandom random = new SplittableRandom(4);
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(recipe, killed);
            waitForLines(killed.resolve("metrics.jsonl"), 2 + 8 * kill, child);
            child.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
        }
        finish(recipe, killed);
        assertThat(Files.readAllLines(killed.resolve("metrics.jsonl"))).hasSize(30);
    }

    @Test
    void aRunThatIsAskedToEndLosesNoStep() throws Exception {
        Path recipe = recipe(1000);
        Path stopped = folder.resolve("stopped");
        Process child = start(recipe, stopped);
        waitForLines(stopped.resolve("metrics.jsonl"), 3, child);
        child.destroy();
        assertThat(child.waitFor()).isEqualTo(TERMINATED);
        List<String> steps = Files.readAllLines(stopped.resolve("metrics.jsonl"));
        assertThat(steps).hasSizeBetween(3, 29);
        assertThat(stopped.resolve("checkpoints/step-" + steps.size())).isDirectory();
        finish(recipe, stopped);
        assertThat(Files.readAllLines(stopped.resolve("metrics.jsonl")).subList(0, steps.size()))
                .isEqualTo(steps);
    }

    /** Resumes a run, which then ends with the weights of an uninterrupted one. */
    private void finish(Path recipe, Path run) throws Exception {
        assertThat(start(recipe, run).waitFor()).isZero();
        Path whole = folder.resolve("whole");
        assertThat(start(recipe, whole).waitFor()).isZero();
        assertThat(weights(run)).isEqualTo(weights(whole));
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model/model.safetensors"));
    }

    private Path recipe(int checkpointEvery) throws IOException {
        return Files.writeString(
                folder.resolve("recipe-" + checkpointEvery + ".yaml"),
                "method: ppo\nmodel: " + TinyDirectory.model(folder) + "\n"
                        + "reward: [{class: " + Shouting.class.getName() + "}]\n"
                        + "data: {path: " + TinyDirectory.prompts(folder) + "}\n"
                        + "batch: {rollouts: 8, micro: 4}\ngeneration: {max_new_tokens: 8}\nppo: {epochs: 1}\n"
                        + "optimizer: {learning_rate: 1e-2}\ncheckpoint: {every: " + checkpointEvery
                        + "}\nsteps: 30\n");
    }

    private static Process start(Path recipe, Path out) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dattune.threads=1",
                        "-cp",
                        classPath,
                        KilledRunTest.class.getName(),
                        recipe.toString(),
                        out.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts the run, or resumes it if it was started. */
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[1]);
        Training training = new Training(RunListener.SILENT);
        if (Files.exists(out.resolve(RECIPE))) {
            training.resume(out, null);
        } else {
            training.run(RecipeReader.read(Path.of(arguments[0]), Map.of()), out);
        }
    }

    private static void waitForLines(Path log, int lines, Process child) throws Exception {
        while (child.isAlive() && (!Files.exists(log) || Files.readAllLines(log).size() < lines)) {
            child.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }
}
