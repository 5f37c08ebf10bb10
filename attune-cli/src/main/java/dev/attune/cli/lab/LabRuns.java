package dev.attune.cli.lab;

import dev.attune.cli.command.CommandRunner;
import dev.attune.cli.quickstart.QuickstartCommand;
import dev.attune.cli.recipes.RecipeArgument;
import dev.attune.cli.terminal.TrainingProgress;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.training.launch.Training;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs as by {@code attune train}; complete runs are not repeated. */
final class LabRuns {
    private LabRuns() {}

    /** Trains a recipe with a seed and these overrides. */
    static Path train(PrintWriter err, String recipe, Path out, long seed, List<String> changes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(recipe, "out=" + out, "seed=" + seed));
        arguments.addAll(changes);
        return train(err, arguments);
    }

    /**
     * Trains a recipe like {@link #train(PrintWriter, String, Path, long, List)} and returns the minutes, for a complete run
     * from its folder, NaN if it was interrupted.
     */
    static double timed(PrintWriter err, String recipe, Path out, long seed, List<String> changes) throws IOException {
        Path clock = out.resolve("minutes.txt");
        boolean begun = Files.exists(out);
        long started = System.nanoTime();
        train(err, recipe, out, seed, changes);
        if (Files.exists(clock)) {
            return Double.parseDouble(Files.readString(clock).strip());
        }
        double minutes = begun ? Double.NaN : (System.nanoTime() - started) / 60e9;
        AtomicFiles.write(clock, String.format(Locale.ROOT, "%.2f%n", minutes));
        return minutes;
    }

    /** Minutes in words. */
    static String describe(double minutes) {
        return Double.isNaN(minutes)
                ? "interrupted, time unknown"
                : String.format(Locale.ROOT, "%.1f minutes", minutes);
    }

    /**
     * Trains or resumes a run; does nothing if it is complete.
     *
     * @param arguments as after {@code attune train}, with {@code out=DIR} among them
     * @return the run directory
     * @throws BadInputException if it holds a run of another recipe
     */
    static Path train(PrintWriter err, List<String> arguments) throws IOException {
        RecipeArgument recipe = RecipeArgument.of(arguments);
        try (TrainingProgress progress = new TrainingProgress(err)) {
            Training training = new Training(progress);
            Path recorded = recipe.out().resolve(RunDirectory.RECIPE);
            if (Files.exists(recorded)) {
                requireSame(RecipeReader.read(recorded, Map.of()), recipe.recipe(), recorded);
                training.resume(recipe.out(), null);
            } else {
                training.run(recipe.recipe(), recipe.out());
            }
        }
        return recipe.out();
    }

    /** Runs the quickstart with a seed; complete stages are not repeated. */
    static void quickstart(PrintWriter err, Path out, int seed, int rounds) {
        int status = CommandRunner.run(
                new QuickstartCommand(),
                new PrintWriter(new StringWriter()),
                err,
                "--out",
                out.toString(),
                "--seed",
                Integer.toString(seed),
                "--rounds",
                Integer.toString(rounds),
                "--json");
        if (status != 0) {
            throw new RunFailedException(out + ": the quickstart ended with status " + status);
        }
    }

    /** Runs PPO of a quickstart's first round without the KL penalty. */
    static Path withoutPenalty(PrintWriter err, Path quickstart, Path out) throws IOException {
        Path recipe = quickstart.resolve("round-1").resolve("ppo.yaml");
        return train(err, List.of(recipe.toString(), "kl.coefficient=0", "out=" + out));
    }

    private static void requireSame(RecipeFile before, RecipeFile now, Path recorded) {
        if (!before.recipes().equals(now.recipes())) {
            throw BadInputException.at(
                    recorded.toString(),
                    "a run of another recipe",
                    "a run of the same recipe, seed and changes",
                    "move it away, or write elsewhere with --out");
        }
    }
}
