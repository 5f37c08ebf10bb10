package dev.attune.world.game.tictactoe;

/** How an action names a square. */
public final class Move {
    /** What {@link #read} answers where the text names no square. */
    public static final int NONE = 0;

    private Move() {}

    /** The square of an action, 1 to 9, or {@link #NONE}. */
    public static int read(String action) {
        String text = action.strip();
        return text.matches("[1-9]") ? text.charAt(0) - '0' : NONE;
    }
}
