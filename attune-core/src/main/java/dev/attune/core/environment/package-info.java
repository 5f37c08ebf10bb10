/** Worlds in which a policy acts through text. */
@NullMarked
package dev.attune.core.environment;

import org.jspecify.annotations.NullMarked;
