package dev.attune.world.game.tictactoe;

/**
 * The text of a game from the view of one side. Every token is a square with its owner: a digit, 1 to 9, for the side
 * itself, and a small letter, a to i, for the opponent.
 */
public final class GameText {
    /** The empty board. */
    public static final String EMPTY = ".";

    private GameText() {}

    /**
     * A position from the view of the side to move, square by square: {@code a5} if it has the middle and the opponent
     * square 1.
     */
    public static String position(Board board) {
        StringBuilder text = new StringBuilder();
        for (int square = 1; square <= Board.SQUARES; square++) {
            if (board.has(board.toMove(), square)) {
                text.append(move(square));
            } else if (board.has(board.toMove().other(), square)) {
                text.append(reply(square));
            }
        }
        return text.isEmpty() ? EMPTY : text.toString();
    }

    /** A move of the side itself: an action. */
    public static String move(int square) {
        return Character.toString('0' + square);
    }

    /** A move of the opponent: the new part of a state. */
    public static String reply(int square) {
        return Character.toString('a' - 1 + square);
    }
}
