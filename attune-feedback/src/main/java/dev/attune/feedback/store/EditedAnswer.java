package dev.attune.feedback.store;

/**
 * An answer that a labeler made better and ranked with the others.
 *
 * @param labeler by name
 * @param original the index of what was edited, in the task's own order
 */
public record EditedAnswer(String labeler, int original, String text) {}
