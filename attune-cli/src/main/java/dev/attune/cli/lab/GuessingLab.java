package dev.attune.cli.lab;

import dev.attune.cli.game.GuessingPlayer;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab guessing}: the guesses of trained policies, against the optimum of 5.125 by bisection. */
@Command(
        name = "guessing",
        description = {
            "Train the recipe guessing with several seeds. Count the guesses that each greedy policy needs for every number"
                    + " from 1 to 64, before and after PPO; the policy before PPO guesses at random.",
            "The optimum is a mean of 5.125 guesses. A number that is not found counts as 20 guesses."
        },
        footer = {"", "Example:", "  attune lab guessing --evidence docs/evidence/guessing.txt"})
final class GuessingLab extends LabCommand {
    private static final double BOUND = 5.9;
    private static final int REPETITIONS = 16;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-guessing",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of seeds (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "1",
            description = "First seed (default: ${DEFAULT-VALUE}).")
    private int first;

    @Parameters(arity = "0..*", paramLabel = "STAGE.key=value", description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    @Override
    void measure(Figures figures) throws IOException {
        for (int seed = first; seed < first + seeds; seed++) {
            Path run = out.resolve("seed-" + seed);
            LabRuns.train(err(), "guessing", run, seed, changes);
            double[] before = guesses(run.resolve("careless"), REPETITIONS, 1);
            double[] after = guesses(run.resolve("play"), 1, 0);
            figures.add(
                            "seed " + seed + ", before PPO: guesses",
                            Summary.mean(before),
                            Target.NONE,
                            Bootstrap.mean(before, 1).interval().describe())
                    .add(
                            "seed " + seed + ": guesses",
                            Summary.mean(after),
                            Target.atMost(BOUND),
                            "at most " + (int) Arrays.stream(after).max().orElse(0) + " for a number");
        }
    }

    private static double[] guesses(Path stage, int repetitions, double temperature) {
        try (GuessingPlayer player = GuessingPlayer.open(stage)) {
            return player.guesses(repetitions, temperature, 1);
        }
    }
}
