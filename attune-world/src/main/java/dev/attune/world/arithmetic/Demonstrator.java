package dev.attune.world.arithmetic;

import java.util.SplittableRandom;

/**
 * Somebody who adds, and mostly gets it wrong: of four answers one is right, others are one too high or ten too low. A
 * model that imitates the answers learns the mistakes in the same shares.
 */
public final class Demonstrator {
    /** Share of right answers. */
    public static final double RIGHT = 0.25;

    private static final double ONE_TOO_HIGH = 0.40;

    private final SplittableRandom random;

    public Demonstrator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** An answer; another call may give another one. */
    public int answer(Sum sum) {
        double drawn = random.nextDouble();
        if (drawn < RIGHT) {
            return sum.answer();
        }
        return drawn < RIGHT + ONE_TOO_HIGH ? sum.answer() + 1 : Math.abs(sum.answer() - 10);
    }
}
