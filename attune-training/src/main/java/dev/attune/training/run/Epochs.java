package dev.attune.training.run;

import dev.attune.model.tensor.Randomness;
import dev.attune.training.recipe.DataOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assigns the items of a data set to steps, each once per epoch. The items of a step follow only from the order, the
 * seed and the step, so there is no cursor to save.
 */
public final class Epochs {
    private final int items;
    private final DataOrder order;
    private final Randomness randomness;

    /** @param purpose keeps a random order independent of other uses of the seed */
    public Epochs(int items, DataOrder order, long seed, String purpose) {
        if (items < 1) {
            throw new IllegalArgumentException("no items to hand out");
        }
        this.items = items;
        this.order = order;
        this.randomness = Randomness.of(seed, purpose);
    }

    /** The number of steps that take all items in so many epochs; the last step may reach into a further epoch. */
    public static int steps(int items, int epochs, int perStep) {
        long all = (long) items * epochs;
        return Math.toIntExact((all + perStep - 1) / perStep);
    }

    /** The indices of items number {@code from} up to {@code from + count}, counted over all epochs. */
    public List<Integer> take(long from, int count) {
        List<Integer> taken = new ArrayList<>(count);
        long epoch = -1;
        int[] current = {};
        for (long at = from; at < from + count; at++) {
            if (at / items != epoch) {
                epoch = at / items;
                current = order(epoch);
            }
            taken.add(current[(int) (at % items)]);
        }
        return taken;
    }

    /** The order of one epoch. */
    public int[] order(long epoch) {
        return order == DataOrder.SEQUENTIAL
                ? IntStream.range(0, items).toArray()
                : randomness.at(epoch).permutation(items);
    }
}
