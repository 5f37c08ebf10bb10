package dev.attune.cli.game;

import dev.attune.world.game.tictactoe.Board;
import dev.attune.world.game.tictactoe.GameText;
import java.util.ArrayList;
import java.util.List;

/**
 * A game up to a move of the policy.
 *
 * @param line the moves of both sides in order, as digits: a name for the moment
 * @param board as it is now
 * @param states what the policy saw before each of its moves, this one included
 * @param actions the moves that it has made, as text
 */
public record Moment(String line, Board board, List<String> states, List<String> actions) {
    public Moment {
        states = List.copyOf(states);
        actions = List.copyOf(actions);
    }

    /** The policy's first move in a game that it begins. */
    public static Moment beginning() {
        return first("", Board.EMPTY);
    }

    /** The policy's first move in a game that its opponent began on this square. */
    public static Moment after(int square) {
        return first(Integer.toString(square), Board.EMPTY.play(square));
    }

    /** A first move in any position, which is its own name. */
    public static Moment in(Board position) {
        return first(position.text(), position);
    }

    private static Moment first(String line, Board board) {
        return new Moment(line, board, List.of(GameText.position(board)), List.of());
    }

    /** The policy's next move, after it moved on {@code square} and its opponent on {@code reply}. */
    public Moment then(int square, int reply) {
        Board next = board.play(square).play(reply);
        List<String> longerStates = new ArrayList<>(states);
        longerStates.add(GameText.reply(reply));
        List<String> longerActions = new ArrayList<>(actions);
        longerActions.add(GameText.move(square));
        return new Moment(line + square + reply, next, longerStates, longerActions);
    }
}
