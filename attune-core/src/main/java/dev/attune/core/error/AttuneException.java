package dev.attune.core.error;

/**
 * Root of everything Attune throws on purpose. The command line prints its message as one line and exits with {@link
 * #exitStatus()}; a stack trace is shown only on request.
 */
public abstract sealed class AttuneException extends RuntimeException
        permits BadInputException, RunFailedException, RunStoppedException {
    protected AttuneException(String message) {
        super(message);
    }

    protected AttuneException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The process exit status this failure stands for: 2 when the input is wrong, 1 otherwise. */
    public abstract int exitStatus();
}
