package dev.attune.training.run;

import java.util.SplittableRandom;

/**
 * Seeds derived from (run seed, step, purpose), so that every random choice follows from the recipe's seed and resuming
 * needs no generator's state.
 */
public final class Seeds {
    private Seeds() {}

    /**
     * @param purpose what the randomness is for; different purposes never share a seed
     * @return a seed that differs in about half its bits when any argument changes
     */
    public static long derive(long seed, long step, String purpose) {
        long hash = mix(seed);
        hash = mix(hash ^ step);
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return hash;
    }

    public static SplittableRandom random(long seed, long step, String purpose) {
        return new SplittableRandom(derive(seed, step, purpose));
    }

    /** A random order of 0 .. count - 1 (Fisher-Yates). */
    public static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
