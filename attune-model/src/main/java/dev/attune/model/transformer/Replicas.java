package dev.attune.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Models with the weights of one model and their own gradients, one for each worker but the first. */
final class Replicas<M> {
    private final List<M> made = new ArrayList<>();

    /** The model itself for worker 0, otherwise that worker's replica, which is made at its first use. */
    synchronized M get(int worker, M self, Supplier<M> replica) {
        while (made.size() < worker) {
            made.add(replica.get());
        }
        return worker == 0 ? self : made.get(worker - 1);
    }

    synchronized List<M> all() {
        return List.copyOf(made);
    }
}
