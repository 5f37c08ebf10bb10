package dev.attune.cli.lab;

import dev.attune.cli.recipes.RecipeArgument;
import dev.attune.cli.terminal.TrainingProgress;
import dev.attune.training.launch.Training;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ordinary runs, as {@code attune train} makes them; one that is complete already is not repeated. */
final class Runs {
    private Runs() {}

    /** Trains a recipe with a seed and these changes, likewise. */
    static Path train(PrintWriter err, String recipe, Path out, long seed, List<String> changes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(recipe, "out=" + out, "seed=" + seed));
        arguments.addAll(changes);
        return train(err, arguments);
    }

    /**
     * Trains, or goes on, or does nothing where the model is there.
     *
     * @param arguments as after {@code attune train}, with {@code out=DIR} among them
     * @return the run directory
     */
    static Path train(PrintWriter err, List<String> arguments) throws IOException {
        RecipeArgument recipe = RecipeArgument.of(arguments);
        try (TrainingProgress progress = new TrainingProgress(err)) {
            Training training = new Training(progress);
            if (Files.exists(recipe.out().resolve(RunDirectory.RECIPE))) {
                training.resume(recipe.out(), null);
            } else {
                training.run(recipe.recipe(), recipe.out());
            }
        }
        return recipe.out();
    }
}
