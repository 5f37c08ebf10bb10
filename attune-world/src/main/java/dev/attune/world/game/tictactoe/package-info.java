/**
 * Tic-tac-toe: boards, perfect play, opponents, and the environment in which a policy plays against them. Training and
 * evaluation are elsewhere.
 */
@NullMarked
package dev.attune.world.game.tictactoe;

import org.jspecify.annotations.NullMarked;
