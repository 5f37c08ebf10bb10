package dev.attune.world.game.tictactoe;

import dev.attune.world.SeededChoices;

/** The start position of a game. */
final class Opening {
    /** Maximum number of random moves, so that the side to move still has a choice. */
    private static final int MAX_MOVES = 7;

    private Opening() {}

    /** The empty board, or else, with this probability, a position after random moves. */
    static Board of(double midgame, SeededChoices choices) {
        return choices.chance(midgame) ? random(choices) : Board.EMPTY;
    }

    /** A position that is not over, after 1 to 7 random moves, the number uniform. */
    private static Board random(SeededChoices choices) {
        int moves = 1 + choices.below(MAX_MOVES);
        Board board = after(moves, choices);
        while (board.over()) {
            board = after(moves, choices);
        }
        return board;
    }

    private static Board after(int moves, SeededChoices choices) {
        Board board = Board.EMPTY;
        for (int i = 0; i < moves && !board.over(); i++) {
            board = board.play(Opponent.random(board, choices));
        }
        return board;
    }
}
