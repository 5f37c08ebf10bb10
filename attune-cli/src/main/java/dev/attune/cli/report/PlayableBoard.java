package dev.attune.cli.report;

import static dev.attune.core.chart.Html.escape;

import dev.attune.cli.game.EveryGame;
import dev.attune.cli.game.GameHistory;
import dev.attune.cli.game.PolicyOutput;
import dev.attune.cli.game.TicTacToePlayer;
import dev.attune.core.json.Json;
import dev.attune.core.run.RunFolder;
import dev.attune.training.run.PastPolicies;
import dev.attune.world.game.tictactoe.TicTacToeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A board on which a reader plays against a run's greedy policy. The page does not contain the policy, but its output at
 * every possible point of a game, for each checkpoint.
 *
 * @param games all of the final policy's games
 * @param steps labels of the checkpoints: before PPO if that model still exists, the steps, and the end
 * @param outputs the policy's outputs at each checkpoint, in the order of the games' histories
 */
public record PlayableBoard(EveryGame games, List<String> steps, List<List<PolicyOutput>> outputs) {
    private static final String BEGINNING = "before PPO";
    private static final String END = "the end";

    /** Whether a run is complete and trained a policy on this game. */
    public static boolean suits(RunFolder run) {
        return TicTacToeProvider.NAME.equals(run.settings().get("environment.name"))
                && run.state() == RunFolder.State.COMPLETE;
    }

    public static PlayableBoard of(RunFolder run) {
        try (TicTacToePlayer player = TicTacToePlayer.open(run.path())) {
            EveryGame games = EveryGame.of(player);
            List<GameHistory> histories = List.copyOf(games.histories().keySet());
            List<String> steps = new ArrayList<>();
            List<List<PolicyOutput>> outputs = new ArrayList<>();
            Path beginning = Path.of(run.settings().getOrDefault("model", ""));
            if (Files.isDirectory(beginning)) {
                steps.add(BEGINNING);
                outputs.add(outputs(beginning, histories));
            }
            PastPolicies past = new PastPolicies(run.path());
            long last = run.metrics().lastStep();
            for (int step : past.steps().stream().filter(saved -> saved < last).toList()) {
                past.load(step, player.model());
                steps.add("step " + step);
                outputs.add(player.outputs(histories));
            }
            steps.add(END);
            outputs.add(List.copyOf(games.histories().values()));
            return new PlayableBoard(games, steps, outputs);
        } catch (IOException e) {
            throw new UncheckedIOException(run.path() + ": " + e.getMessage(), e);
        }
    }

    private static List<PolicyOutput> outputs(Path model, List<GameHistory> histories) {
        try (TicTacToePlayer player = TicTacToePlayer.open(model)) {
            return player.outputs(histories);
        }
    }

    /** Writes a page with only the board. */
    public void write(Path file) {
        new Page("Attune", "Tic-tac-toe against a trained policy", summary())
                .section("Play against it", "The page contains the policy's move in every possible position.")
                .html(html())
                .write(file);
    }

    /** The results of all possible games, in a sentence. */
    String summary() {
        int lost = games.lost().size();
        int illegal = games.illegal().size();
        return "Of all " + games.games() + " possible games against it, the policy wins " + games.wins()
                + " and draws " + games.draws() + "; it loses " + (lost == 0 ? "none" : lost)
                + (illegal == 0 ? " and makes no illegal move." : " and ends " + illegal + " by an illegal move.");
    }

    String html() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("steps", steps);
        data.put("moments", histories());
        return "<div class=\"card board\" data-game=\"" + escape(Json.line(data)) + "\"></div>";
    }

    /**
     * By line: the move, the value in percent or null, and for each checkpoint nine percentages. The number of moves in a
     * line shows which side the policy plays.
     */
    private Map<String, Object> histories() {
        Map<String, Object> all = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<GameHistory, PolicyOutput> entry : games.histories().entrySet()) {
            List<Object> row = new ArrayList<>();
            row.add(entry.getValue().square());
            double value = entry.getValue().value();
            row.add(Double.isNaN(value) ? null : percent(value));
            for (List<PolicyOutput> step : outputs) {
                row.add(step.get(index).probabilities().stream()
                        .map(PlayableBoard::percent)
                        .toList());
            }
            all.put(entry.getKey().line(), row);
            index++;
        }
        return all;
    }

    private static long percent(double share) {
        return Math.round(100 * share);
    }
}
