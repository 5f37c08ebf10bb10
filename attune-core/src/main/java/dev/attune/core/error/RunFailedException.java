package dev.attune.core.error;

/** A failure in spite of valid input: a full disk, a loss that is not a number, a killed child. */
public final class RunFailedException extends AttuneException {
    public RunFailedException(String message) {
        super(message);
    }

    public RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitStatus() {
        return 1;
    }
}
