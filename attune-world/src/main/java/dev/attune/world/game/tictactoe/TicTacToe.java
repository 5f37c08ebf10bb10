package dev.attune.world.game.tictactoe;

import dev.attune.core.environment.Environment;
import dev.attune.world.SeededChoices;

/**
 * The policy plays one side of a game. The first state is the position, the following ones the opponent's last move,
 * both written by {@link GameText}; an action is a square, 1 to 9. The reward is 1 for a win, 0.5 for a draw and 0 for
 * a loss or an illegal move, which ends the game. Who begins and the opponent are random.
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

    /** An environment in which all games begin with the empty board. */
    public TicTacToe(Opponents opponents) {
        this(opponents, 0);
    }

    /** @param midgame the share of games that begin after random moves */
    public TicTacToe(Opponents opponents, double midgame) {
        this.opponents = opponents;
        this.midgame = midgame;
    }

    @Override
    public String reset(long seed) {
        choices = SeededChoices.of(seed, "tic-tac-toe");
        opponent = opponents.sample(choices);
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
            String why = square == Move.NONE ? "'" + action + "' is not a square" : square + " is taken";
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
