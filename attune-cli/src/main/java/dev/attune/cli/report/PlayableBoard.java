package dev.attune.cli.report;

import static dev.attune.core.chart.Html.escape;

import dev.attune.cli.game.EveryGame;
import dev.attune.cli.game.Moment;
import dev.attune.cli.game.Thought;
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
 * A board on which a reader plays against a run's greedy policy. The policy itself is not on the page, but its answer at
 * every moment that a game can get to, with what it thought there at each checkpoint.
 *
 * @param games all of the final policy's games
 * @param steps the policy that PPO began with, if it is still there, the checkpoints, and the end
 * @param thoughts for each step what the policy of that step thinks, in the order of the games' moments
 */
public record PlayableBoard(EveryGame games, List<String> steps, List<List<Thought>> thoughts) {
    private static final String BEGINNING = "before PPO";
    private static final String END = "the end";

    /** Whether a run taught a policy this game and is complete. */
    public static boolean suits(RunFolder run) {
        return TicTacToeProvider.NAME.equals(run.settings().get("environment.name"))
                && run.state() == RunFolder.State.COMPLETE;
    }

    public static PlayableBoard of(RunFolder run) {
        try (TicTacToePlayer player = TicTacToePlayer.open(run.path())) {
            EveryGame games = EveryGame.of(player);
            List<Moment> moments = List.copyOf(games.moments().keySet());
            List<String> steps = new ArrayList<>();
            List<List<Thought>> thoughts = new ArrayList<>();
            Path beginning = Path.of(run.settings().getOrDefault("model", ""));
            if (Files.isDirectory(beginning)) {
                steps.add(BEGINNING);
                thoughts.add(think(beginning, moments));
            }
            PastPolicies past = new PastPolicies(run.path());
            long last = run.metrics().lastStep();
            for (int step : past.steps().stream().filter(saved -> saved < last).toList()) {
                past.load(step, player.model());
                steps.add("step " + step);
                thoughts.add(player.think(moments));
            }
            steps.add(END);
            thoughts.add(List.copyOf(games.moments().values()));
            return new PlayableBoard(games, steps, thoughts);
        } catch (IOException e) {
            throw new UncheckedIOException(run.path() + ": " + e.getMessage(), e);
        }
    }

    private static List<Thought> think(Path model, List<Moment> moments) {
        try (TicTacToePlayer player = TicTacToePlayer.open(model)) {
            return player.think(moments);
        }
    }

    /** Writes the board as a page of its own, to hand on. */
    public void write(Path file) {
        new Page("Attune", "Tic-tac-toe against a trained policy", summary())
                .section("Play against it", "The policy is not on this page, but all its answers are.")
                .html(html())
                .write(file);
    }

    /** What came of all possible games, in a sentence. */
    String summary() {
        int lost = games.lost().size();
        int illegal = games.illegal().size();
        return "Of all " + games.games() + " games that anybody can play against it, it wins " + games.wins()
                + " and draws " + games.draws() + "; it loses " + (lost == 0 ? "none" : lost)
                + (illegal == 0 ? " and makes no illegal move." : " and ends " + illegal + " by an illegal move.");
    }

    String html() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("steps", steps);
        data.put("moments", moments());
        return "<div class=\"card board\" data-game=\"" + escape(Json.line(data)) + "\"></div>";
    }

    /** By the moves so far, as digits: the move, the value in percent or null, and for each step nine percentages. Where the
     * policy is second an odd number of moves was made, so that a line names one moment. */
    private Map<String, Object> moments() {
        Map<String, Object> all = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<Moment, Thought> entry : games.moments().entrySet()) {
            List<Object> row = new ArrayList<>();
            row.add(entry.getValue().square());
            double value = entry.getValue().value();
            row.add(Double.isNaN(value) ? null : percent(value));
            for (List<Thought> step : thoughts) {
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
