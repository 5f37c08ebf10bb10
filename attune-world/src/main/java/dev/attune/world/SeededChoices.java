package dev.attune.world;

import java.util.List;
import java.util.SplittableRandom;

/** A seeded source of choices. The same seed gives the same choices on every machine. */
public final class SeededChoices {
    private final SplittableRandom random;

    private SeededChoices(SplittableRandom random) {
        this.random = random;
    }

    public static SeededChoices of(long seed) {
        return new SeededChoices(new SplittableRandom(seed));
    }

    /** An independent source for one purpose, so that a change in one part does not shift the choices of another. */
    public static SeededChoices of(long seed, String purpose) {
        return of(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
    }

    public <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A whole number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number in [0, 1). */
    public double uniform() {
        return random.nextDouble();
    }

    /** A standard normal number. */
    public double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** A shuffled copy. */
    public <T> List<T> shuffled(List<T> items) {
        java.util.ArrayList<T> copy = new java.util.ArrayList<>(items);
        for (int i = copy.size() - 1; i > 0; i--) {
            java.util.Collections.swap(copy, i, random.nextInt(i + 1));
        }
        return copy;
    }

    public long seed() {
        return random.nextLong();
    }
}
