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
 * Groups writes to a database that allows one writer at a time. Writes that arrive during another one are committed
 * together afterwards, each completely or not at all, so that they wait for the disk only once. Thread-safe.
 */
final class GroupWriter {
    private static final String PIECE = "piece";

    private final Jdbi jdbi;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Piece<?>> waiting = new ArrayDeque<>();

    GroupWriter(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The write of one caller, with its result. */
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

        @SuppressWarnings("NullAway") // the result is null if the caller's work returned null
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

    /** Returns when the work is committed to disk, or throws the exception of the work. */
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
