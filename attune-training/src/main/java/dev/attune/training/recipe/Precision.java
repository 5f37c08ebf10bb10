package dev.attune.training.recipe;

import java.util.Locale;

/** The format in which the weights of a finished model are written. Training is in float32. */
public enum Precision {
    F32,
    BF16,
    F16;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
