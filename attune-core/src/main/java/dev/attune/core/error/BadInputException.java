package dev.attune.core.error;

/**
 * Invalid input by the user: a file, a line, a key, an argument. The message is one line: where, what was found,
 * what was expected, what to do.
 */
public sealed class BadInputException extends AttuneException permits RefusedConversationException {
    public BadInputException(String message) {
        super(oneLine(message));
    }

    public BadInputException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * Composes the line from its four parts.
     *
     * @param place the file, and the line or key in it
     * @param found what was found there
     * @param expected what was expected there
     * @param remedy what the user can do, as an imperative sentence without its full stop
     */
    public static BadInputException at(String place, String found, String expected, String remedy) {
        return new BadInputException(place + ": found " + found + ", expected " + expected + "; " + remedy);
    }

    @Override
    public final int exitStatus() {
        return 2;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
