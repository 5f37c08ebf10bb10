/**
 * Tic-tac-toe: boards, perfect play, opponents, and the environment in which a policy plays against them. What a policy
 * learns here and how it is measured is not decided here.
 */
@NullMarked
package dev.attune.world.game.tictactoe;

import org.jspecify.annotations.NullMarked;
