package dev.attune.world.game.guessing;

import dev.attune.core.environment.Environment;
import dev.attune.world.SeededChoices;

/**
 * A guessing game: the environment chooses a number from 1 to {@value #MAX_NUMBER}, the policy guesses it. A state is the
 * answer to the last guess: {@code ?} at first, then {@code >} if the secret is larger and {@code <} if it is smaller.
 * An action is two digits. Every guess costs {@value #COST}, the correct one too; anything but a number in range counts
 * as a guess and is answered by {@code !}. After {@value #MAX_GUESSES} guesses the game is over.
 *
 * <p>While a policy guesses at random, the cost alone hardly distinguishes a good guess from a bad one. Shaping adds,
 * for every guess, the bits of information that it gained: a guess that halves the possible numbers then costs nothing.
 * These rewards are differences of a potential, log2 of the number of possible numbers, and keep the optimal policy
 * optimal (Ng, Harada and Russell 1999).
 */
public final class GuessingGame implements Environment {
    public static final int MAX_NUMBER = 64;
    public static final int MAX_GUESSES = 20;

    /** Twenty guesses cost 1. */
    public static final double COST = 0.05;

    /** The first state. */
    public static final String BEGINNING = "?";

    static final String LARGER = ">";
    static final String SMALLER = "<";
    private static final String NO_GUESS = "!";

    private final double shaping;
    private int secret;
    private int guesses;
    private int low;
    private int high;

    /** The game without shaping. */
    public GuessingGame() {
        this(0);
    }

    /** @param shaping reward per bit, as a share of the cost of a guess */
    public GuessingGame(double shaping) {
        this.shaping = shaping;
    }

    @Override
    public String reset(long seed) {
        secret = 1 + SeededChoices.of(seed, "guessing").below(MAX_NUMBER);
        guesses = 0;
        low = 1;
        high = MAX_NUMBER;
        return BEGINNING;
    }

    @Override
    public Step step(String action) {
        guesses++;
        double reward = COST * (shaping * bitsOf(read(action)) - 1);
        String answer = answer(action, secret);
        if (answer.isEmpty()) {
            return Step.last(reward, "found after " + guesses);
        }
        return guesses == MAX_GUESSES
                ? Step.last(reward, "not found")
                : new Step(answer, reward, false, low + " to " + high);
    }

    /** Narrows the range of the secret; returns the gain in bits. */
    private double bitsOf(int guess) {
        int before = high - low + 1;
        if (guess == secret) {
            low = guess;
            high = guess;
        } else if (guess > 0 && guess < secret) {
            low = Math.max(low, guess + 1);
        } else if (guess > secret) {
            high = Math.min(high, guess - 1);
        }
        return Math.log(before / (double) (high - low + 1)) / Math.log(2);
    }

    /** The guessed number, or 0 if it is not a number in range. */
    private static int read(String action) {
        if (!action.matches("\\d\\d")) {
            return 0;
        }
        int number = Integer.parseInt(action);
        return number <= MAX_NUMBER ? number : 0;
    }

    /** The text of a guess. */
    public static String write(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** The answer to a guess; empty if it is correct. */
    public static String answer(String action, int secret) {
        int guess = read(action);
        return guess == secret ? "" : guess == 0 ? NO_GUESS : guess < secret ? LARGER : SMALLER;
    }
}
