package dev.attune.world.game.tictactoe;

import dev.attune.world.SeededChoices;

/** The player of the other side. */
@FunctionalInterface
public interface Opponent {
    /** A legal move in a position that is not over. */
    int move(Board board, SeededChoices choices);

    /** A random legal move. */
    static int random(Board board, SeededChoices choices) {
        return choices.pick(board.moves());
    }

    /** A random optimal move. */
    static int perfect(Board board, SeededChoices choices) {
        return choices.pick(PerfectPlay.instance().moves(board));
    }
}
