package dev.attune.world.game.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.Environment;
import dev.attune.core.environment.Environment.Step;
import dev.attune.core.environment.EnvironmentSetup;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GuessingGameTest {
    private final Environment game =
            new GuessingProvider().prepare(EnvironmentSetup.plain()).get();

    /** How many guesses halving takes. */
    private int halve(long seed) {
        game.reset(seed);
        int low = 1;
        int high = 64;
        for (int guesses = 1; ; guesses++) {
            int middle = (low + high) / 2;
            Step step = game.step(GuessingGame.write(middle));
            assertThat(step.reward()).isEqualTo(-0.05);
            if (step.done()) {
                assertThat(step.note()).isEqualTo("found after " + guesses);
                return guesses;
            }
            if (step.state().equals(">")) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
    }

    @Test
    void halvingFindsEverySecretInAMeanOfAboutFive() {
        // One number takes 1 guess, 2 take 2, ... 32 take 6, and one is left for a seventh: 328 / 64 = 5.125.
        double mean = LongStream.range(0, 4000).mapToInt(this::halve).average().orElseThrow();
        assertThat(mean).isBetween(5.05, 5.2);
    }

    @Test
    void whatIsNoNumberInRangeCountsAsAGuess() {
        game.reset(1);
        for (String action : List.of("", "7", "00", "65", "abc", "1 ", "123")) {
            assertThat(game.step(action)).isEqualTo(Step.next("!", -0.05));
        }
    }

    @Test
    void afterTwentyGuessesItIsOver() {
        game.reset(1);
        for (int guess = 1; guess < 20; guess++) {
            assertThat(game.step("no").done()).isFalse();
        }
        assertThat(game.step("no")).isEqualTo(Step.last(-0.05, "not found"));
    }

    @Test
    void demonstrationsGuessWithoutListening() {
        List<Demonstration> games = new GuessingProvider().demonstrations(EnvironmentSetup.plain(), 2000, 7);
        double mean =
                games.stream().mapToInt(game -> game.turns().size()).average().orElseThrow();
        // 64 (1 - (63/64)^20): the mean of a geometric number of guesses, cut off at 20.
        assertThat(mean).isBetween(17.1, 17.6);
        long repeated = games.stream()
                .filter(game -> game.turns().stream()
                                .map(Demonstration.Turn::action)
                                .distinct()
                                .count()
                        < game.turns().size())
                .count();
        assertThat(repeated).isPositive();
    }
}
