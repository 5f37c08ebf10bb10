package dev.attune.feedback.quality;

/**
 * One person's progress in a project.
 *
 * @param ranked tasks
 * @param open number of tasks taken and not ranked yet
 * @param skipped tasks
 * @param number of flags raised
 */
public record PersonProgress(String name, int ranked, int open, int skipped, int flags) {}
