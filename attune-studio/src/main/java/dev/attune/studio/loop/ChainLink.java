package dev.attune.studio.loop;

import org.jspecify.annotations.Nullable;

/**
 * One step of a project's loop.
 *
 * @param what its result
 * @param detail its figures, or why it failed
 * @param state in one word; may be empty
 * @param run the name of its run; null if it has none
 */
public record ChainLink(
        String what, String detail, String state, @Nullable String run) {}
