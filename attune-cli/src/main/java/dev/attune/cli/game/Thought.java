package dev.attune.cli.game;

import java.util.List;

/**
 * What a policy thinks before it moves.
 *
 * @param square the move it makes when it is greedy: of its most probable token, 1 to 9; 0 if that is not a square
 * @param probabilities of the squares 1 to 9, in order; what is missing to 1 went to other tokens
 * @param value what its critic expects of the rest of the game; NaN without a critic
 */
public record Thought(int square, List<Double> probabilities, double value) {}
