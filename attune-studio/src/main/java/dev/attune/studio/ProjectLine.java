package dev.attune.studio;

import dev.attune.feedback.store.Project;

/**
 * A project and how far it is.
 *
 * @param done rankings that were given
 * @param seats rankings that are wanted
 */
public record ProjectLine(Project project, int done, int seats) {}
