package dev.attune.world.game.tictactoe;

/**
 * How a game is written for one of its sides. Every token tells a square and whose it is: a digit, 1 to 9, where that is the
 * side itself, and a small letter, a to i, if it is the opponent.
 */
public final class GameText {
    /** A board on which nothing stands. */
    public static final String EMPTY = ".";

    private GameText() {}

    /** A position as the side to move sees it, square by square: {@code a5} if it has the middle and the opponent square 1. */
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

    /** A move of the opponent: what is new in a state. */
    public static String reply(int square) {
        return Character.toString('a' - 1 + square);
    }
}
