package dev.attune.studio.models;

import dev.attune.core.error.RunFailedException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pool of open models. Each serves one caller at a time, while others wait. If the pool is full, the least recently used
 * model is closed.
 *
 * @param <M> type of the models
 */
final class ModelPool<M extends AutoCloseable> implements AutoCloseable {
    private final int max;

    /** In order of use, the most recent last. */
    private final Map<String, Slot<M>> slots = new LinkedHashMap<>(16, 0.75f, true);

    private boolean closed;

    ModelPool(int max) {
        this.max = max;
    }

    private static final class Slot<M> {
        private @Nullable M model;
        private boolean busy = true;
    }

    /** Runs the work with the model of this key, which is opened if necessary. */
    <T> T with(String key, Function<String, ? extends M> opener, Function<M, T> work) {
        Slot<M> slot = take(key);
        try {
            M model = slot.model;
            if (model == null) {
                model = opener.apply(key);
                slot.model = model;
            }
            return work.apply(model);
        } finally {
            giveBack(key, slot);
        }
    }

    private synchronized Slot<M> take(String key) {
        for (Optional<Slot<M>> slot = tryTake(key); ; slot = tryTake(key)) {
            if (slot.isPresent()) {
                return slot.get();
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunFailedException("interrupted while waiting for a model", e);
            }
        }
    }

    private Optional<Slot<M>> tryTake(String key) {
        if (closed) {
            throw new RunFailedException("the studio is closing");
        }
        Slot<M> slot = slots.get(key);
        if (slot != null) {
            boolean free = !slot.busy;
            slot.busy = true;
            return free ? Optional.of(slot) : Optional.empty();
        }
        if (slots.size() >= max && !closeOldest()) {
            return Optional.empty();
        }
        Slot<M> fresh = new Slot<>();
        slots.put(key, fresh);
        return Optional.of(fresh);
    }

    private boolean closeOldest() {
        for (Iterator<Slot<M>> all = slots.values().iterator(); all.hasNext(); ) {
            Slot<M> slot = all.next();
            if (!slot.busy) {
                all.remove();
                close(slot);
                return true;
            }
        }
        return false;
    }

    /** Releases a slot; one whose model could not be opened is removed. */
    private synchronized void giveBack(String key, Slot<M> slot) {
        slot.busy = false;
        if (slot.model == null) {
            slots.remove(key);
        }
        notifyAll();
    }

    private static void close(Slot<? extends AutoCloseable> slot) {
        try {
            if (slot.model != null) {
                slot.model.close();
            }
        } catch (Exception e) {
            throw new RunFailedException("a model cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Waits for work in progress, and closes all models. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        boolean interrupted = false;
        while (slots.values().stream().anyMatch(slot -> slot.busy)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        slots.values().forEach(ModelPool::close);
        slots.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
