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
        return set(false);
    }

    /** Switches the recording on until closed, as inside a backward pass that computes something again. */
    public static NoGrad lifted() {
        return set(true);
    }

    private static NoGrad set(boolean recording) {
        Engine.init();
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(recording);
        return new NoGrad(before);
    }

    /** Whether gradients are recorded on this thread. */
    public static boolean isRecording() {
        Engine.init();
        return GradMode.is_enabled();
    }

    /** Restores the previous mode. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
