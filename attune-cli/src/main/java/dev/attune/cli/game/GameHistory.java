package dev.attune.cli.game;

import dev.attune.world.game.tictactoe.Board;
import dev.attune.world.game.tictactoe.GameText;
import java.util.ArrayList;
import java.util.List;

/**
 * A game up to a move of the policy.
 *
 * @param line the moves of both sides in order, as digits; identifies the game so far
 * @param board the current position
 * @param states the states before each move of the policy, the next one included
 * @param actions the moves that the policy has made, as text
 */
public record GameHistory(String line, Board board, List<String> states, List<String> actions) {
    public GameHistory {
        states = List.copyOf(states);
        actions = List.copyOf(actions);
    }

    /** The policy's first move in a game that it begins. */
    public static GameHistory beginning() {
        return first("", Board.EMPTY);
    }

    /** The policy's first move in a game that its opponent began on this square. */
    public static GameHistory after(int square) {
        return first(Integer.toString(square), Board.EMPTY.play(square));
    }

    /** A first move in any position; the line is the text of the position. */
    public static GameHistory in(Board position) {
        return first(position.text(), position);
    }

    private static GameHistory first(String line, Board board) {
        return new GameHistory(line, board, List.of(GameText.position(board)), List.of());
    }

    /** The policy's next move, after it moved on {@code square} and its opponent on {@code reply}. */
    public GameHistory then(int square, int reply) {
        Board next = board.play(square).play(reply);
        List<String> longerStates = new ArrayList<>(states);
        longerStates.add(GameText.reply(reply));
        List<String> longerActions = new ArrayList<>(actions);
        longerActions.add(GameText.move(square));
        return new GameHistory(line + square + reply, next, longerStates, longerActions);
    }
}
