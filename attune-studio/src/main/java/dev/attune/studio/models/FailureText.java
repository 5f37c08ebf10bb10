package dev.attune.studio.models;

import dev.attune.core.error.AttuneException;

/** Error messages of background work. */
public final class FailureText {
    private static final int MAX_LENGTH = 500;

    private FailureText() {}

    /** One line. */
    public static String line(Throwable wrong) {
        String message = String.valueOf(wrong.getMessage());
        String text =
                wrong instanceof AttuneException ? message : wrong.getClass().getSimpleName() + ": " + message;
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
