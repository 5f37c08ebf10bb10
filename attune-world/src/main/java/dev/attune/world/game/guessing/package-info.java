/** A guessing game over several turns whose optimum, binary search, is known. */
@NullMarked
package dev.attune.world.game.guessing;

import org.jspecify.annotations.NullMarked;
