package dev.attune.world.game.tictactoe;

import dev.attune.world.SeededChoices;

/** Whoever plays the other side. */
@FunctionalInterface
public interface Opponent {
    /** A legal move in a position that is not over. */
    int move(Board board, SeededChoices choices);

    /** Any legal move. */
    static int random(Board board, SeededChoices choices) {
        return choices.pick(board.moves());
    }

    /** Any move that keeps what the position is worth. */
    static int perfect(Board board, SeededChoices choices) {
        return choices.pick(PerfectPlay.instance().moves(board));
    }
}
