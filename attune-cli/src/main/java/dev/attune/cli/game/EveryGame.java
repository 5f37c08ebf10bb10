package dev.attune.cli.game;

import dev.attune.world.game.tictactoe.Board;
import dev.attune.world.game.tictactoe.Mark;
import dev.attune.world.game.tictactoe.PerfectPlay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All games that are possible against a greedy policy, as first and as second player.
 *
 * @param agreement share of all positions, each as the first position of a game, in which the greedy move is optimal
 * @param histories every point at which the policy has to move, with its output
 * @param lost the lines of lost games
 * @param illegal the lines after which the policy makes an illegal move
 */
public record EveryGame(
        double agreement,
        Map<GameHistory, PolicyOutput> histories,
        int games,
        int wins,
        int draws,
        List<String> lost,
        List<String> illegal) {

    public static EveryGame of(TicTacToePlayer player) {
        return new Walk(player).all();
    }

    /** The share of the policy's moves that are optimal, over all points at which it has to move. */
    public double agreementOverMoves() {
        return agreement(histories.keySet(), histories.values());
    }

    private static double agreement(Collection<GameHistory> histories, Collection<PolicyOutput> outputs) {
        long agreed = 0;
        Iterator<PolicyOutput> output = outputs.iterator();
        for (GameHistory history : histories) {
            List<Integer> optimal = PerfectPlay.instance().moves(history.board());
            agreed += optimal.contains(output.next().square()) ? 1 : 0;
        }
        return agreed / (double) histories.size();
    }

    /** Plays all games turn by turn, with one batch per turn. */
    private static final class Walk {
        private final TicTacToePlayer player;
        private final Map<GameHistory, PolicyOutput> histories = new LinkedHashMap<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> illegal = new ArrayList<>();
        private int games;
        private int wins;
        private int draws;

        Walk(TicTacToePlayer player) {
            this.player = player;
        }

        EveryGame all() {
            List<GameHistory> open = new ArrayList<>();
            open.add(GameHistory.beginning());
            Board.EMPTY.moves().forEach(square -> open.add(GameHistory.after(square)));
            List<GameHistory> turn = open;
            while (!turn.isEmpty()) {
                List<PolicyOutput> outputs = player.outputs(turn);
                List<GameHistory> next = new ArrayList<>();
                for (int i = 0; i < turn.size(); i++) {
                    histories.put(turn.get(i), outputs.get(i));
                    next.addAll(after(turn.get(i), outputs.get(i).square()));
                }
                turn = next;
            }
            return new EveryGame(agreement(), histories, games, wins, draws, lost, illegal);
        }

        private double agreement() {
            List<GameHistory> positions = PerfectPlay.instance().positions().stream()
                    .map(GameHistory::in)
                    .toList();
            return EveryGame.agreement(positions, player.outputs(positions));
        }

        private List<GameHistory> after(GameHistory history, int square) {
            if (!history.board().allows(square)) {
                games++;
                illegal.add(history.line());
                return List.of();
            }
            Board moved = history.board().play(square);
            if (moved.over()) {
                ended(moved, history.board().toMove(), history.line() + square);
                return List.of();
            }
            List<GameHistory> next = new ArrayList<>();
            for (int reply : moved.moves()) {
                Board answered = moved.play(reply);
                if (answered.over()) {
                    ended(answered, history.board().toMove(), history.line() + square + reply);
                } else {
                    next.add(history.then(square, reply));
                }
            }
            return next;
        }

        private void ended(Board board, Mark side, String line) {
            games++;
            if (board.winner().isEmpty()) {
                draws++;
            } else if (board.winner().get() == side) {
                wins++;
            } else {
                lost.add(line);
            }
        }
    }
}
