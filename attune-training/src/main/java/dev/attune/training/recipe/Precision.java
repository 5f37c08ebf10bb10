package dev.attune.training.recipe;

import java.util.Locale;

/** How the weights of a finished model are written. Training itself is in 32 bits. */
public enum Precision {
    F32,
    BF16,
    F16;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
