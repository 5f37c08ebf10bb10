package dev.attune.core.stats.winrate;

/**
 * A row of AlpacaEval's regularisation {@code v1}: the baseline against itself with another verbosity.
 *
 * @param share of the win, in [0, 1]
 * @param standardisedLength l / sd(l) of the lengths it was made from, before tanh
 * @param difficulty of the instruction
 */
public record GamedRow(double share, double standardisedLength, double difficulty) {}
