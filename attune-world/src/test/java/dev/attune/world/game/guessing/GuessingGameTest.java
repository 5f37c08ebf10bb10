package dev.attune.world.game.guessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.Environment;
import dev.attune.core.environment.Environment.Step;
import dev.attune.core.environment.EnvironmentSetup;
import java.util.List;
import java.util.Map;
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
            assertThat(game.step(action)).isEqualTo(new Step("!", -0.05, false, "1 to 64"));
        }
    }

    @Test
    void shapingPaysForBits() {
        EnvironmentSetup whole = new EnvironmentSetup(Map.of("shaping", "1"), null);
        Environment shaped = new GuessingProvider().prepare(whole).get();
        long seed = LongStream.iterate(0, s -> s + 1)
                .filter(s -> largerThanHalf(shaped, s))
                .findFirst()
                .orElseThrow();
        shaped.reset(seed);
        // 64 numbers, then 32 of them: one bit, which is what the guess costs
        assertThat(shaped.step("32")).isEqualTo(new Step(">", 0, false, "33 to 64"));
        assertThat(shaped.step("20")).isEqualTo(new Step(">", -0.05, false, "33 to 64"));
        assertThat(shaped.step("no").reward()).isEqualTo(-0.05);
    }

    private static boolean largerThanHalf(Environment game, long seed) {
        game.reset(seed);
        return game.step("32").state().equals(">");
    }

    /** For any guesses, the bits of a game that finds the secret add up to 6, those of 64 numbers. */
    @Test
    void shapingAddsUpToTheSameForEveryGameThatFindsTheSecret() {
        Environment shaped = new GuessingProvider()
                .prepare(new EnvironmentSetup(Map.of("shaping", "0.5"), null))
                .get();
        for (long seed = 0; seed < 20; seed++) {
            shaped.reset(seed);
            double total = 0;
            int guesses = 0;
            int low = 1;
            int high = 64;
            for (Step step = Step.next("?", 0); !step.done(); ) {
                int guess = Math.max(low, high - 9);
                step = shaped.step(GuessingGame.write(guess));
                total += step.reward();
                guesses++;
                if (step.state().equals(">")) {
                    low = guess + 1;
                } else {
                    high = guess - 1;
                }
            }
            assertThat(total).isCloseTo(0.05 * (0.5 * 6 - guesses), within(1e-12));
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
