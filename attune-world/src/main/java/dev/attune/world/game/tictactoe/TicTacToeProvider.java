package dev.attune.world.game.tictactoe;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.Environment;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.TextModel;
import dev.attune.world.SeededChoices;
import dev.attune.world.game.Games;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code tic-tac-toe}, with the settings {@code random}, {@code perfect} and {@code frozen}: the relative frequency of
 * each opponent; and {@code change}: the probability that the opponent changes before a move, within a game. The frozen
 * one is the recipe's {@code environment.model}. {@code midgame} is the share of games that begin after random moves.
 * Its demonstrations are random legal games, with the same share.
 */
public final class TicTacToeProvider implements EnvironmentProvider {
    public static final String NAME = "tic-tac-toe";

    private static final Set<String> SETTINGS = Set.of("random", "perfect", "frozen", "change", "midgame");
    private static final double MAX_WEIGHT = 1e6;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Supplier<Environment> prepare(EnvironmentSetup setup) {
        setup.requireKnown(SETTINGS);
        List<Opponents.Share> shares = new ArrayList<>();
        shares.add(new Opponents.Share(Opponent::random, setup.number("random", 1, 0, MAX_WEIGHT)));
        shares.add(new Opponents.Share(Opponent::perfect, setup.number("perfect", 1, 0, MAX_WEIGHT)));
        TextModel model = setup.model();
        double frozen = setup.number("frozen", model == null ? 0 : 1, 0, MAX_WEIGHT);
        if (model != null) {
            shares.add(new Opponents.Share(FrozenOpponent.of(model), frozen));
        } else if (frozen > 0) {
            throw BadInputException.at(
                    "environment.settings.frozen",
                    "a frozen opponent without a model",
                    "environment.model",
                    "name an earlier run's model, or leave the setting out");
        }
        if (shares.stream().allMatch(share -> share.weight() == 0)) {
            throw BadInputException.at(
                    "environment.settings", "no opponent", "a weight above 0", "raise random, perfect or frozen");
        }
        Opponents opponents = new Opponents(shares, setup.number("change", 0, 0, 1));
        double midgame = midgame(setup);
        return () -> new TicTacToe(opponents, midgame);
    }

    @Override
    public List<Demonstration> demonstrations(EnvironmentSetup setup, int count, long seed) {
        setup.requireKnown(SETTINGS);
        double midgame = midgame(setup);
        return Games.of(count, seed, choices -> randomGame(midgame, choices));
    }

    private static double midgame(EnvironmentSetup setup) {
        return setup.number("midgame", 0, 0, 1);
    }

    /** A demonstration: the states and actions of one side while both play random legal moves. */
    private static Demonstration randomGame(double midgame, SeededChoices choices) {
        Board board = Opening.of(midgame, choices);
        if (board.equals(Board.EMPTY) && choices.chance(0.5)) {
            board = board.play(Opponent.random(board, choices));
        }
        List<Demonstration.Turn> turns = new ArrayList<>();
        String state = GameText.position(board);
        while (!board.over()) {
            int square = Opponent.random(board, choices);
            turns.add(new Demonstration.Turn(state, GameText.move(square)));
            board = board.play(square);
            if (!board.over()) {
                int reply = Opponent.random(board, choices);
                board = board.play(reply);
                state = GameText.reply(reply);
            }
        }
        return new Demonstration(turns);
    }
}
