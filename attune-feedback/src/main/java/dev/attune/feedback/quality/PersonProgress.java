package dev.attune.feedback.quality;

/**
 * What one person did in a project.
 *
 * @param ranked tasks
 * @param open tasks that the person has taken and not yet ranked
 * @param skipped tasks
 * @param flags that the person raised
 */
public record PersonProgress(String name, int ranked, int open, int skipped, int flags) {}
