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

    /** Takes the tensor out of this scope: it lives until its new owner closes it. Returns the same tensor. */
    public Tensor keep(Tensor tensor) {
        return tensor.retain();
    }

    /**
     * Hands the tensor to the scope that encloses this one: it is freed when that one closes. With no enclosing scope
     * it lives until it is closed. Returns the same tensor.
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
