package dev.attune.studio.loop;

import org.jspecify.annotations.Nullable;

/**
 * One step of a project's loop.
 *
 * @param what it made
 * @param detail its figures, or why it failed
 * @param state in a word; empty if it needs none
 * @param run the name of its run; null if it has none
 */
public record ChainLink(
        String what, String detail, String state, @Nullable String run) {}
