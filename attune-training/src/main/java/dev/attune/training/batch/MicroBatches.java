package dev.attune.training.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Cuts a batch into micro-batches of rows of like length, so that little is spent on pads. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * The places of the items in each micro-batch: longest first, so that the most memory is taken at once; items of one
     * length keep their order.
     *
     * @param most how many rows at most in one micro-batch; an item of more rows than that is one of its own
     * @param rows how many rows an item takes
     * @param length of an item's longest row
     */
    public static <T> List<List<Integer>> plan(
            List<T> items, int most, ToIntFunction<T> rows, ToIntFunction<T> length) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer i) -> -length.applyAsInt(items.get(i))));
        List<List<Integer>> plan = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        int filled = 0;
        for (int item : order) {
            int needed = rows.applyAsInt(items.get(item));
            if (!current.isEmpty() && filled + needed > most) {
                plan.add(current);
                current = new ArrayList<>();
                filled = 0;
            }
            current.add(item);
            filled += needed;
        }
        if (!current.isEmpty()) {
            plan.add(current);
        }
        return plan;
    }

    /** For items of one row each. */
    public static <T> List<List<Integer>> plan(List<T> items, int most, ToIntFunction<T> length) {
        return plan(items, most, item -> 1, length);
    }

    /** The items at these places. */
    public static <T> List<T> pick(List<T> items, List<Integer> places) {
        return places.stream().map(items::get).toList();
    }
}
