package dev.attune.core.error;

/** The work was stopped on request and can be resumed. */
public final class RunStoppedException extends AttuneException {
    public RunStoppedException(String message) {
        super(message);
    }

    @Override
    public int exitStatus() {
        return 1;
    }
}
