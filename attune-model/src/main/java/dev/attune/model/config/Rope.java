package dev.attune.model.config;

/**
 * Rotary position embeddings: pair k of a head turns by {@code position / theta^(2k / rotaryDim)}, changed by the scaling.
 *
 * @param theta the base
 * @param rotaryDim how many of a head's leading dimensions turn; even
 * @param scaling how long contexts are reached
 */
public record Rope(double theta, int rotaryDim, RopeScaling scaling) {}
