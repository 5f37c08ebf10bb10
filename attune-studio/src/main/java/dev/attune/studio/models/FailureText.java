package dev.attune.studio.models;

import dev.attune.core.error.AttuneException;

/** What to tell people of work that failed. */
public final class FailureText {
    private static final int LONGEST = 500;

    private FailureText() {}

    /** One line. */
    public static String line(Throwable wrong) {
        String message = String.valueOf(wrong.getMessage());
        String text =
                wrong instanceof AttuneException ? message : wrong.getClass().getSimpleName() + ": " + message;
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
