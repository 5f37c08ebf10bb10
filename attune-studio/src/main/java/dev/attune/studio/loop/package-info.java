/**
 * The loop of a project: rankings, reward model, policy, new completions to rank, and the pages of it. Recipes and data
 * are written here; training processes belong to {@code dev.attune.studio.run}.
 */
@NullMarked
package dev.attune.studio.loop;

import org.jspecify.annotations.NullMarked;
