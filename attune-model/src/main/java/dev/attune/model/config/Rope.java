package dev.attune.model.config;

/**
 * Rotary position embeddings: pair k of a head is rotated by {@code position / theta^(2k / rotaryDim)}, changed by the
 * scaling.
 *
 * @param theta the base
 * @param rotaryDim how many of a head's leading dimensions are rotated; even
 * @param scaling scaling for long contexts
 */
public record Rope(double theta, int rotaryDim, RopeScaling scaling) {}
