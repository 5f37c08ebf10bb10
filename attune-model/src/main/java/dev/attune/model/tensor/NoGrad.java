package dev.attune.model.tensor;

import org.bytedeco.pytorch.GradMode;

/**
 * Switches the recording of gradients off on this thread until closed. Grad mode is thread-local: use it on platform
 * threads only, in a try block.
 */
public final class NoGrad implements AutoCloseable {
    private final boolean before;

    private NoGrad(boolean before) {
        this.before = before;
    }

    public static NoGrad on() {
        Engine.init();
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        return new NoGrad(before);
    }

    /** Restores the previous mode. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
