package dev.attune.cli.quickstart;

import dev.attune.cli.terminal.TrainingProgress;
import dev.attune.training.launch.Training;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs a recipe as {@code attune train} does, or resumes an interrupted run of it. */
record RecipeRun(PrintWriter log) implements Quickstart.TrainingRun {
    @Override
    public void train(Path recipe, Path run) throws IOException {
        try (TrainingProgress progress = new TrainingProgress(log)) {
            Training training = new Training(progress);
            if (Files.exists(run.resolve(RunDirectory.RECIPE))) {
                training.resume(run, null);
            } else {
                training.run(RecipeReader.read(recipe, Map.of()), run);
            }
        }
    }
}
