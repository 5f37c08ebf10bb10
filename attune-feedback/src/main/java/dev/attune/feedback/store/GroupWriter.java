package dev.attune.feedback.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a database that has one writer at a time. Writes that arrive during another one are done together afterwards, each
 * piece whole or not at all, so that many wait for the disk once and not in a row. Thread-safe.
 */
final class GroupWriter {
    private static final String PIECE = "piece";

    private final Jdbi jdbi;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Piece<?>> waiting = new ArrayDeque<>();

    GroupWriter(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What one caller wants written, and what came of it. */
    private static final class Piece<T> {
        private final Function<Handle, T> work;
        private @Nullable T result;
        private @Nullable Throwable failure;
        private boolean done;

        Piece(Function<Handle, T> work) {
            this.work = work;
        }

        void run(Handle handle) {
            handle.savepoint(PIECE);
            try {
                result = work.apply(handle);
                handle.releaseSavepoint(PIECE);
            } catch (RuntimeException | Error e) {
                handle.rollbackToSavepoint(PIECE);
                failure = e;
            }
        }

        @SuppressWarnings("NullAway") // the result is null if the caller's own work gave null
        T outcome() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException wrong) {
                throw wrong;
            }
            return result;
        }
    }

    /** Returns when the work is on the disk, or throws what the work threw. */
    <T> T write(Function<Handle, T> work) {
        Piece<T> piece = new Piece<>(work);
        synchronized (waiting) {
            waiting.add(piece);
        }
        turn.lock();
        try {
            if (!piece.done) {
                writeWaiting();
            }
        } finally {
            turn.unlock();
        }
        return piece.outcome();
    }

    private void writeWaiting() {
        List<Piece<?>> group;
        synchronized (waiting) {
            group = new ArrayList<>(waiting);
            waiting.clear();
        }
        try {
            jdbi.useTransaction(handle -> group.forEach(piece -> piece.run(handle)));
        } catch (RuntimeException | Error e) {
            group.forEach(piece -> piece.failure = e);
        } finally {
            group.forEach(piece -> piece.done = true);
        }
    }
}
