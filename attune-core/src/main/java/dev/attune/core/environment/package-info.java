/**
 * Worlds in which a policy acts through text, and how recipes find them. How episodes are run, recorded and learned from
 * belongs to attune-training.
 */
@NullMarked
package dev.attune.core.environment;

import org.jspecify.annotations.NullMarked;
