package dev.attune.training.batch;

import dev.attune.model.tensor.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Splits a batch into micro-batches of rows of similar length, to save padding, and shares them among the
 * {@link Workers}, who together have at most as many rows in memory as a single one would.
 */
public final class MicroBatches {
    /** Products of fewer tokens are less efficient. */
    private static final long EFFICIENT_TOKENS = 256;

    /** Micro-batches of a worker that make up for different lengths; more of them would only add gradients more often. */
    private static final long BALANCING_PARTS = 4;

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

    /**
     * The micro-batches of each worker for the accumulation of gradients, as equal in padded tokens as possible.
     *
     * @return {@code [worker][micro-batch][item]}
     */
    public static <T> List<List<List<Integer>>> shares(
            List<T> items, int maxRows, ToIntFunction<T> rows, ToIntFunction<T> length) {
        int workers = Workers.useful(items.size());
        List<List<List<Integer>>> shares = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            shares.add(new ArrayList<>());
        }
        long[] loads = new long[workers];
        for (List<Integer> micro : plan(items, rowsPerWorker(items, maxRows, rows, length), rows, length)) {
            int least = 0;
            for (int worker = 1; worker < workers; worker++) {
                least = loads[worker] < loads[least] ? worker : least;
            }
            shares.get(least).add(micro);
            int longest = micro.stream()
                    .mapToInt(i -> length.applyAsInt(items.get(i)))
                    .max()
                    .orElse(0);
            int count =
                    micro.stream().mapToInt(i -> rows.applyAsInt(items.get(i))).sum();
            loads[least] += (long) count * longest;
        }
        return shares.stream().filter(share -> !share.isEmpty()).toList();
    }

    /** For items of one row each. */
    public static <T> List<List<List<Integer>>> shares(List<T> items, int maxRows, ToIntFunction<T> length) {
        return shares(items, maxRows, item -> 1, length);
    }

    /** Micro-batches for work without gradients, of which every worker that is free takes the next one. */
    public static <T> List<List<Integer>> planForWorkers(List<T> items, int maxRows, ToIntFunction<T> length) {
        return plan(items, rowsPerWorker(items, maxRows, item -> 1, length), length);
    }

    /**
     * The largest number of rows of a micro-batch: a worker's part of {@code maxRows}; fewer if every worker then has
     * several micro-batches of an efficient size, so that long and short ones balance and activations stay in the cache.
     */
    private static <T> int rowsPerWorker(List<T> items, int maxRows, ToIntFunction<T> rows, ToIntFunction<T> length) {
        int workers = Workers.useful(items.size());
        if (workers == 1) {
            return maxRows;
        }
        long all = items.stream().mapToLong(rows::applyAsInt).sum();
        long tokens = items.stream()
                .mapToLong(item -> (long) rows.applyAsInt(item) * length.applyAsInt(item))
                .sum();
        long parts = Math.max(1, Math.min(BALANCING_PARTS, tokens / (workers * EFFICIENT_TOKENS)));
        long fair = (all + workers * parts - 1) / (workers * parts);
        return (int) Math.max(1, Math.min(Math.max(1, maxRows / workers), fair));
    }

    /** The items at these indices. */
    public static <T> List<T> pick(List<T> items, List<Integer> places) {
        return places.stream().map(items::get).toList();
    }
}
