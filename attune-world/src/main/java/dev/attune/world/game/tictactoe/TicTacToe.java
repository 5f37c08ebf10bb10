package dev.attune.world.game.tictactoe;

import dev.attune.core.environment.Environment;
import dev.attune.world.SeededChoices;

/**
 * The policy plays one side of a game. The first state is the position, the following ones the opponent's last move, both
 * written as {@link GameText} says; an action is a square, 1 to 9. A win is worth 1, a draw 0.5, a loss nothing, and so is an illegal move, which ends the game. Chance decides who
 * begins and who the opponent is.
 */
public final class TicTacToe implements Environment {
    /** Rewards of the last action; all others get 0. */
    public static final double WIN = 1;

    public static final double DRAW = 0.5;
    public static final double LOSS = 0;

    private final Opponents opponents;
    private final double midgame;
    private SeededChoices choices = SeededChoices.of(0);
    private Opponent opponent = Opponent::random;
    private Board board = Board.EMPTY;

    /** Games that all begin with the empty board. */
    public TicTacToe(Opponents opponents) {
        this(opponents, 0);
    }

    /** @param midgame the share of games that begin in a position which random moves led to */
    public TicTacToe(Opponents opponents, double midgame) {
        this.opponents = opponents;
        this.midgame = midgame;
    }

    @Override
    public String reset(long seed) {
        choices = SeededChoices.of(seed, "tic-tac-toe");
        opponent = opponents.draw(choices);
        board = Opening.of(midgame, choices);
        if (board.equals(Board.EMPTY) && choices.chance(0.5)) {
            reply();
        }
        return GameText.position(board);
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
        int reply = reply();
        return board.over() ? ended(LOSS, "loses") : new Step(GameText.reply(reply), 0, false, board.text());
    }

    private int reply() {
        opponent = opponents.next(opponent, choices);
        int square = opponent.move(board, choices);
        board = board.play(square);
        return square;
    }

    private Step ended(double reward, String note) {
        return board.winner().isPresent() ? Step.last(reward, note) : Step.last(DRAW, "draws");
    }
}
