package dev.attune.world.game.tictactoe;

import dev.attune.core.environment.Environment;
import dev.attune.world.Dice;

/**
 * The policy plays one side of a game. A state is the board before its move, as {@link Board#text}; an action is a square, 1
 * to 9. A win is worth 1, a draw 0.5, a loss nothing, and so is an illegal move, which ends the game. Chance decides who
 * begins and who the opponent is.
 */
public final class TicTacToe implements Environment {
    /** Rewards of the last action; all others get 0. */
    public static final double WIN = 1;

    public static final double DRAW = 0.5;
    public static final double LOSS = 0;

    private final Opponents opponents;
    private Dice dice = Dice.of(0);
    private Opponent opponent = Opponent::random;
    private Board board = Board.EMPTY;

    public TicTacToe(Opponents opponents) {
        this.opponents = opponents;
    }

    @Override
    public String reset(long seed) {
        dice = Dice.of(seed, "tic-tac-toe");
        opponent = opponents.draw(dice);
        board = Board.EMPTY;
        if (dice.chance(0.5)) {
            reply();
        }
        return board.text();
    }

    @Override
    public Step step(String action) {
        int square = Move.read(action);
        if (!board.allows(square)) {
            String why = square == Move.NONE ? "'" + action + "' is no square" : square + " is taken";
            return Step.last(LOSS, "illegal: " + why);
        }
        board = board.play(square);
        if (board.over()) {
            return ended(WIN, "wins");
        }
        reply();
        return board.over() ? ended(LOSS, "loses") : Step.next(board.text(), 0);
    }

    private void reply() {
        opponent = opponents.next(opponent, dice);
        board = board.play(opponent.move(board, dice));
    }

    private Step ended(double reward, String note) {
        return board.winner().isPresent() ? Step.last(reward, note) : Step.last(DRAW, "draws");
    }
}
