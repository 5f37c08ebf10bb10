package dev.attune.model.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * Bounds native memory: every tensor made on this thread while the scope is the innermost open one is freed when it
 * closes. Close on the thread that opened it, in a try block; scopes nest.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = ...;
 *     return loss.item();
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
    private final PointerScope scope;

    private Scope(PointerScope scope) {
        this.scope = scope;
    }

    public static Scope open() {
        Engine.init();
        return new Scope(new PointerScope());
    }

    /** Removes the tensor from this scope: it is freed when its new owner closes it. Returns the same tensor. */
    public Tensor keep(Tensor tensor) {
        return tensor.retain();
    }

    /**
     * Moves the tensor to the enclosing scope: it is freed when that one closes. Without an enclosing scope it is freed
     * when it is closed. Returns the same tensor.
     */
    public Tensor lift(Tensor tensor) {
        var scopes = PointerScope.getScopeIterator();
        boolean seen = false;
        while (scopes != null && scopes.hasNext()) {
            PointerScope candidate = scopes.next();
            if (seen) {
                candidate.attach(tensor.raw());
                return tensor;
            }
            seen = candidate == scope;
        }
        return keep(tensor);
    }

    @Override
    public void close() {
        scope.close();
    }
}
