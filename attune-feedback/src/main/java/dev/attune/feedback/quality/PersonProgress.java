package dev.attune.feedback.quality;

/**
 * One person's progress in a project.
 *
 * @param ranked number of ranked tasks
 * @param open number of tasks taken and not ranked yet
 * @param skipped number of skipped tasks
 * @param flags number of flags raised
 */
public record PersonProgress(String name, int ranked, int open, int skipped, int flags) {}
