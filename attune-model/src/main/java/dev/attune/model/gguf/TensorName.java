package dev.attune.model.gguf;

/**
 * The place of a weight in GGUF.
 *
 * @param gguf name of the tensor
 * @param part index in a tensor that stacks several weights (experts) along a new first dimension, or -1 for a whole one
 */
record TensorName(String gguf, int part, Change change) {
    static TensorName whole(String gguf, Change change) {
        return new TensorName(gguf, -1, change);
    }

    /** The same place with another change. */
    TensorName with(Change other) {
        return new TensorName(gguf, part, other);
    }
}
