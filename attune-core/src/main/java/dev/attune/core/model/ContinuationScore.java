package dev.attune.core.model;

/**
 * The probability of a given continuation of a prompt.
 *
 * @param logProbability natural log of its probability at temperature 1: the sum over its tokens
 * @param tokens how many tokens it has
 */
public record ContinuationScore(double logProbability, int tokens) {}
