/** Small games in which a policy acts through text, each with a known optimum. Their rules are in the subpackages. */
@NullMarked
package dev.attune.world.game;

import org.jspecify.annotations.NullMarked;
