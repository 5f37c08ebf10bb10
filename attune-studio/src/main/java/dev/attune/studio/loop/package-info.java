/**
 * The loop of a project: rankings become a reward model, that a policy, and what the policy writes is ranked again. Recipes
 * and data are written here; processes that train belong to {@code dev.attune.studio.run}. No pages.
 */
@NullMarked
package dev.attune.studio.loop;

import org.jspecify.annotations.NullMarked;
