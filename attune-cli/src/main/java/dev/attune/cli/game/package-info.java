/** Trained policies in games: their outputs, all possible games, and a board to play against them. */
@NullMarked
package dev.attune.cli.game;

import org.jspecify.annotations.NullMarked;
