package dev.attune.world.game.tictactoe;

import dev.attune.world.Dice;

/** Whoever plays the other side. */
@FunctionalInterface
public interface Opponent {
    /** A legal move in a position that is not over. */
    int move(Board board, Dice dice);

    /** Any legal move. */
    static int random(Board board, Dice dice) {
        return dice.pick(board.moves());
    }

    /** Any move that keeps what the position is worth. */
    static int perfect(Board board, Dice dice) {
        return dice.pick(PerfectPlay.instance().moves(board));
    }
}
