package dev.attune.world.game.tictactoe;

/** Parses the square of an action. */
public final class Move {
    /** The result of {@link #read} if the text names no square. */
    public static final int NONE = 0;

    private Move() {}

    /** The square of an action, 1 to 9, or {@link #NONE}. */
    public static int read(String action) {
        String text = action.strip();
        return text.matches("[1-9]") ? text.charAt(0) - '0' : NONE;
    }
}
