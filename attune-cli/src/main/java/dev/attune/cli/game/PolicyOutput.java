package dev.attune.cli.game;

import java.util.List;

/**
 * A policy's output before a move.
 *
 * @param square the greedy move, from the most probable token: 1 to 9; 0 if that token is not a square
 * @param probabilities of the squares 1 to 9, in order; the rest to 1 belongs to other tokens
 * @param value the critic's value of the position; NaN without a critic
 */
public record PolicyOutput(int square, List<Double> probabilities, double value) {}
