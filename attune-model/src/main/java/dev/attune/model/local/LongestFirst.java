package dev.attune.model.local;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Batches sequences of similar length together, the longest first, so that the memory peak comes first. */
final class LongestFirst {
    private LongestFirst() {}

    /**
     * Runs work on batches without gradients, shared among the workers.
     *
     * @param rows of all workers together
     * @param work receives the indices of a batch's items
     */
    static <T> void forEachBatch(List<T> items, int rows, ToIntFunction<T> length, Consumer<List<Integer>> work) {
        List<Integer> order = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -length.applyAsInt(items.get(i))))
                .toList();
        int size = Math.max(1, rows / Workers.useful(items.size()));
        List<List<Integer>> batches = IntStream.iterate(0, from -> from < order.size(), from -> from + size)
                .mapToObj(from -> order.subList(from, Math.min(from + size, order.size())))
                .toList();
        try (NoGrad off = NoGrad.on()) {
            Workers.mapEach(batches, places -> {
                work.accept(places);
                return places;
            });
        }
    }
}
