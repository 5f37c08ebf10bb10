package dev.attune.core.error;

/**
 * Base class of the exceptions that Attune throws on purpose. The command line prints its message as one line and exits
 * with {@link #exitStatus()}; a stack trace is shown only on request.
 */
public abstract sealed class AttuneException extends RuntimeException
        permits BadInputException, RunFailedException, RunStoppedException {
    protected AttuneException(String message) {
        super(message);
    }

    protected AttuneException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The process exit status for this failure: 2 if the input is invalid, 1 otherwise. */
    public abstract int exitStatus();
}
