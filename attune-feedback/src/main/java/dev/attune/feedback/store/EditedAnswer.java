package dev.attune.feedback.store;

/**
 * An answer that a labeler edited and ranked with the others.
 *
 * @param labeler the labeler's name
 * @param original the index of the edited completion, in the task's own order
 */
public record EditedAnswer(String labeler, int original, String text) {}
