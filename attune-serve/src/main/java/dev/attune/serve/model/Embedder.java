package dev.attune.serve.model;

/** Computes the vector of a text. Called by one thread at a time. */
public interface Embedder {
    /** The length of the vectors. */
    int width();

    /** The vector of a text's tokens. */
    float[] embed(int[] tokens);
}
