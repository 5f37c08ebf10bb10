package dev.attune.training.run;

import dev.attune.model.tensor.Randomness;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands out the items of a data set in a new random order each epoch. Which items a step gets follows from the seed and
 * the step alone, so there is no cursor to save.
 */
public final class Epochs {
    private final int items;
    private final Randomness randomness;

    /** @param purpose keeps the order independent of what else the seed decides */
    public Epochs(int items, long seed, String purpose) {
        if (items < 1) {
            throw new IllegalArgumentException("no items to hand out");
        }
        this.items = items;
        this.randomness = Randomness.of(seed, purpose);
    }

    /** The indices of items number {@code from} up to {@code from + count}, counted over all epochs. */
    public List<Integer> take(long from, int count) {
        List<Integer> taken = new ArrayList<>(count);
        long epoch = -1;
        int[] order = {};
        for (long at = from; at < from + count; at++) {
            if (at / items != epoch) {
                epoch = at / items;
                order = order(epoch);
            }
            taken.add(order[(int) (at % items)]);
        }
        return taken;
    }

    /** The order of one epoch. */
    public int[] order(long epoch) {
        return randomness.at(epoch).permutation(items);
    }
}
