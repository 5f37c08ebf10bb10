package dev.attune.training.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Splits a batch into micro-batches of rows of similar length, to save padding. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * The indices of the items in each micro-batch: longest first, so that the memory peak comes first; items of equal
     * length keep their order.
     *
     * @param maxRows maximum number of rows per micro-batch; an item with more rows is a micro-batch of its own
     * @param rows number of rows of an item
     * @param length of an item's longest row
     */
    public static <T> List<List<Integer>> plan(
            List<T> items, int maxRows, ToIntFunction<T> rows, ToIntFunction<T> length) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer i) -> -length.applyAsInt(items.get(i))));
        List<List<Integer>> plan = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        int filled = 0;
        for (int item : order) {
            int needed = rows.applyAsInt(items.get(item));
            if (!current.isEmpty() && filled + needed > maxRows) {
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
    public static <T> List<List<Integer>> plan(List<T> items, int maxRows, ToIntFunction<T> length) {
        return plan(items, maxRows, item -> 1, length);
    }

    /** The items at these indices. */
    public static <T> List<T> pick(List<T> items, List<Integer> places) {
        return places.stream().map(items::get).toList();
    }
}
