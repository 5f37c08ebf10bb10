package dev.attune.feedback.redteam;

/**
 * A harmful request as it is, before it is disguised. It stands for one behaviour that the target should not show.
 *
 * @param number in its file, from 1
 * @param category of harm, such as {@code fraud}
 */
public record Seed(int number, String category, String request) {
    /** The category of seeds whose file names none. */
    public static final String NO_CATEGORY = "uncategorised";
}
