package dev.attune.training.recipe;

import java.util.Locale;

/** A type of numbers. */
public enum Precision {
    F32,
    BF16,
    F16;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
