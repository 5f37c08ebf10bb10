/** Trained policies at play: what they think, every game they can get into, and a board to play against them. */
@NullMarked
package dev.attune.cli.game;

import org.jspecify.annotations.NullMarked;
