package dev.attune.cli.game;

import dev.attune.world.game.tictactoe.Board;
import java.util.ArrayList;
import java.util.List;

/**
 * A game up to a move of the policy.
 *
 * @param board as it is now
 * @param states the boards before each of the policy's moves, this one included, as text
 * @param actions the moves that it has made, as text
 */
public record Moment(Board board, List<String> states, List<String> actions) {
    public Moment {
        states = List.copyOf(states);
        actions = List.copyOf(actions);
    }

    /** The policy's first move. */
    public static Moment first(Board board) {
        return new Moment(board, List.of(board.text()), List.of());
    }

    /** The policy's next move, after it moved on {@code square} and its opponent on {@code reply}. */
    public Moment then(int square, int reply) {
        Board next = board.play(square).play(reply);
        List<String> longerStates = new ArrayList<>(states);
        longerStates.add(next.text());
        List<String> longerActions = new ArrayList<>(actions);
        longerActions.add(Integer.toString(square));
        return new Moment(next, longerStates, longerActions);
    }

    /** The moves of both sides in order, as digits: a name for the moment. */
    public String line() {
        StringBuilder line = new StringBuilder();
        Board before = Board.EMPTY;
        for (int turn = 0; turn < states.size(); turn++) {
            Board now = Board.parse(states.get(turn));
            if (turn > 0) {
                line.append(actions.get(turn - 1));
                before = before.play(Integer.parseInt(actions.get(turn - 1)));
            }
            line.append(difference(before, now));
            before = now;
        }
        return line.toString();
    }

    private static String difference(Board before, Board now) {
        return before.moves().stream()
                .filter(square -> before.play(square).equals(now))
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }
}
