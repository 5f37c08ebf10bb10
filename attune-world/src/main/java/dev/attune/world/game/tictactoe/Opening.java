package dev.attune.world.game.tictactoe;

import dev.attune.world.Dice;

/** The position that a game begins with. */
final class Opening {
    /** With seven squares taken the side to move still has a choice. */
    private static final int MOST_MOVES = 7;

    private Opening() {}

    /** The empty board, or else, with this probability, a position after random moves. */
    static Board of(double midgame, Dice dice) {
        return dice.chance(midgame) ? random(dice) : Board.EMPTY;
    }

    /** A position that is not over, after 1 to 7 random moves, each number of them as often as any other. */
    private static Board random(Dice dice) {
        int moves = 1 + dice.below(MOST_MOVES);
        Board board = after(moves, dice);
        while (board.over()) {
            board = after(moves, dice);
        }
        return board;
    }

    private static Board after(int moves, Dice dice) {
        Board board = Board.EMPTY;
        for (int i = 0; i < moves && !board.over(); i++) {
            board = board.play(Opponent.random(board, dice));
        }
        return board;
    }
}
