package dev.attune.world.game.guessing;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.Environment;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.world.SeededChoices;
import dev.attune.world.game.Games;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code guessing}, with the setting {@code shaping}: the reward per bit of information, as a share of the cost of a
 * guess (default 0). Its demonstrations guess uniformly at random, independent of earlier answers.
 */
public final class GuessingProvider implements EnvironmentProvider {
    public static final String NAME = "guessing";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Supplier<Environment> prepare(EnvironmentSetup setup) {
        setup.requireKnown(Set.of("shaping"));
        double shaping = setup.number("shaping", 0, 0, 1);
        return () -> new GuessingGame(shaping);
    }

    @Override
    public List<Demonstration> demonstrations(EnvironmentSetup setup, int count, long seed) {
        setup.requireKnown(Set.of());
        return Games.of(count, seed, GuessingProvider::carelessGame);
    }

    private static Demonstration carelessGame(SeededChoices choices) {
        int secret = 1 + choices.below(GuessingGame.MAX_NUMBER);
        List<Demonstration.Turn> turns = new ArrayList<>();
        String state = GuessingGame.BEGINNING;
        for (int i = 0; i < GuessingGame.MAX_GUESSES; i++) {
            int guess = 1 + choices.below(GuessingGame.MAX_NUMBER);
            turns.add(new Demonstration.Turn(state, GuessingGame.write(guess)));
            state = GuessingGame.answer(GuessingGame.write(guess), secret);
            if (state.isEmpty()) {
                break;
            }
        }
        return new Demonstration(turns);
    }
}
