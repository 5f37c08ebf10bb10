package dev.attune.cli.lab;

import dev.attune.cli.game.EveryGame;
import dev.attune.cli.game.TicTacToePlayer;
import dev.attune.core.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab tic-tac-toe}: the games that policies of several seeds lose, of all possible ones. */
@Command(
        name = "tic-tac-toe",
        description = {
            "Train the recipe tic-tac-toe with several seeds. Let each greedy policy play every possible game, as first and"
                    + " as second player, before and after PPO.",
            "A seed passes if its policy loses no game, makes no illegal move, and all stages took at most 10 minutes."
        },
        footer = {"", "Example:", "  attune lab tic-tac-toe --evidence docs/evidence/tic-tac-toe.txt"})
final class TicTacToeLab extends LabCommand {
    private static final double MAX_MINUTES = 10;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-tic-tac-toe",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of seeds (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "1",
            description = "First seed (default: ${DEFAULT-VALUE}).")
    private int first;

    @Option(
            names = "--succeeding",
            paramLabel = "N",
            defaultValue = "9",
            description = "Number of seeds that have to pass (default: ${DEFAULT-VALUE}).")
    private int succeeding;

    @Parameters(arity = "0..*", paramLabel = "STAGE.key=value", description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    @Override
    void measure(Figures figures) throws IOException {
        int succeeded = 0;
        for (int seed = first; seed < first + seeds; seed++) {
            Path run = out.resolve("seed-" + seed);
            double minutes = LabRuns.timed(err(), "tic-tac-toe", run, seed, changes);
            EveryGame before = games(run.resolve("rules"));
            EveryGame after = games(run.resolve("play"));
            figures.add(
                            "seed " + seed + ", before PPO: games lost",
                            before.lost().size(),
                            Target.NONE,
                            note(before))
                    .add(
                            "seed " + seed + ": games lost",
                            after.lost().size(),
                            Target.NONE,
                            note(after) + "; " + LabRuns.describe(minutes) + " on " + threads(run.resolve("play")));
            boolean perfect = after.lost().isEmpty() && after.illegal().isEmpty();
            succeeded += perfect && minutes <= MAX_MINUTES ? 1 : 0;
        }
        figures.add("seeds that pass", succeeded, Target.atLeast(succeeding), "of " + seeds);
        EpisodeSpeed.measure(out.resolve("seed-" + first + "/play"), figures);
    }

    private static String threads(Path stage) {
        String threads = Provenance.find(stage)
                .map(provenance -> provenance.versions().get("threads"))
                .orElse("?");
        return threads.equals("1") ? "1 thread" : threads + " threads";
    }

    private static EveryGame games(Path stage) {
        try (TicTacToePlayer player = TicTacToePlayer.open(stage)) {
            return EveryGame.of(player);
        }
    }

    private static String note(EveryGame games) {
        return String.format(
                Locale.ROOT,
                "%d games, %d won, %d drawn; illegal in %d of %d moves; optimal in %.1f %% of them, in %.1f %% of all"
                        + " positions",
                games.games(),
                games.wins(),
                games.draws(),
                games.illegal().size(),
                games.histories().size(),
                100 * games.agreementOverMoves(),
                100 * games.agreement());
    }
}
