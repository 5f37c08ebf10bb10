package dev.attune.world.game.guessing;

import dev.attune.core.environment.Environment;
import dev.attune.world.Dice;

/**
 * The environment thinks of a number from 1 to {@value #LARGEST}; the policy guesses it. A state is the answer to the last
 * guess: {@code ?} at first, then {@code >} where the secret is larger and {@code <} where it is smaller. An action is two
 * digits. Every guess costs {@value #COST}, the hit too; something else than a number in range counts as a guess and is
 * answered by {@code !}. After {@value #MOST} guesses the game is over.
 */
public final class GuessingGame implements Environment {
    public static final int LARGEST = 64;
    public static final int MOST = 20;

    /** Twenty guesses cost 1. */
    public static final double COST = 0.05;

    /** The first state. */
    public static final String BEGINNING = "?";

    static final String LARGER = ">";
    static final String SMALLER = "<";
    private static final String NO_GUESS = "!";

    private int secret;
    private int guesses;

    @Override
    public String reset(long seed) {
        secret = 1 + Dice.of(seed, "guessing").below(LARGEST);
        guesses = 0;
        return BEGINNING;
    }

    @Override
    public Step step(String action) {
        guesses++;
        int guess = read(action);
        if (guess == secret) {
            return Step.last(-COST, "found after " + guesses);
        }
        if (guesses == MOST) {
            return Step.last(-COST, "not found");
        }
        return Step.next(answer(action, secret), -COST);
    }

    /** The number, or 0 where it is none in range. */
    private static int read(String action) {
        if (!action.matches("\\d\\d")) {
            return 0;
        }
        int number = Integer.parseInt(action);
        return number <= LARGEST ? number : 0;
    }

    /** How an action writes a number. */
    static String write(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** What a guess is answered by; empty where it hits the secret. */
    public static String answer(String action, int secret) {
        int guess = read(action);
        return guess == secret ? "" : guess == 0 ? NO_GUESS : guess < secret ? LARGER : SMALLER;
    }
}
