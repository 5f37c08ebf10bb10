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
 * All games that a greedy policy can get into, as first and as second player, whatever legal moves its opponent makes.
 *
 * @param agreement share of all positions, each as a game's first moment for the policy, in which its greedy move is optimal
 * @param moments every moment in which the policy has to move, with what it thinks
 * @param lost the lines of games that it loses
 * @param illegal the lines at whose end it makes an illegal move
 */
public record EveryGame(
        double agreement,
        Map<Moment, Thought> moments,
        int games,
        int wins,
        int draws,
        List<String> lost,
        List<String> illegal) {

    public static EveryGame of(TicTacToePlayer player) {
        return new Walk(player).all();
    }

    /** The share of the moments in which the greedy move is optimal. */
    public double agreementAtMoments() {
        return agreement(moments.keySet(), moments.values());
    }

    private static double agreement(Collection<Moment> moments, Collection<Thought> thoughts) {
        long agreed = 0;
        Iterator<Thought> thought = thoughts.iterator();
        for (Moment moment : moments) {
            List<Integer> optimal = PerfectPlay.instance().moves(moment.board());
            agreed += optimal.contains(thought.next().square()) ? 1 : 0;
        }
        return agreed / (double) moments.size();
    }

    /** Turn by turn, so that all moments of a turn are thought about in one batch. */
    private static final class Walk {
        private final TicTacToePlayer player;
        private final Map<Moment, Thought> moments = new LinkedHashMap<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> illegal = new ArrayList<>();
        private int games;
        private int wins;
        private int draws;

        Walk(TicTacToePlayer player) {
            this.player = player;
        }

        EveryGame all() {
            List<Moment> open = new ArrayList<>();
            open.add(Moment.beginning());
            Board.EMPTY.moves().forEach(square -> open.add(Moment.after(square)));
            List<Moment> turn = open;
            while (!turn.isEmpty()) {
                List<Thought> thoughts = player.think(turn);
                List<Moment> next = new ArrayList<>();
                for (int i = 0; i < turn.size(); i++) {
                    moments.put(turn.get(i), thoughts.get(i));
                    next.addAll(after(turn.get(i), thoughts.get(i).square()));
                }
                turn = next;
            }
            return new EveryGame(agreement(), moments, games, wins, draws, lost, illegal);
        }

        private double agreement() {
            List<Moment> positions =
                    PerfectPlay.instance().positions().stream().map(Moment::in).toList();
            return EveryGame.agreement(positions, player.think(positions));
        }

        private List<Moment> after(Moment moment, int square) {
            if (!moment.board().allows(square)) {
                games++;
                illegal.add(moment.line());
                return List.of();
            }
            Board moved = moment.board().play(square);
            if (moved.over()) {
                ended(moved, moment.board().toMove(), moment.line() + square);
                return List.of();
            }
            List<Moment> next = new ArrayList<>();
            for (int reply : moved.moves()) {
                Board answered = moved.play(reply);
                if (answered.over()) {
                    ended(answered, moment.board().toMove(), moment.line() + square + reply);
                } else {
                    next.add(moment.then(square, reply));
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
