package dev.attune.core.error;

/** Somebody asked the work to end, and it can go on from where it stopped. */
public final class RunStoppedException extends AttuneException {
    public RunStoppedException(String message) {
        super(message);
    }

    @Override
    public int exitStatus() {
        return 1;
    }
}
