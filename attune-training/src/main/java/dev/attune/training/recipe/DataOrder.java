package dev.attune.training.recipe;

import java.util.Locale;

/** The order of the training data in an epoch. */
public enum DataOrder {
    /** A new random order each epoch, determined by the seed. */
    SHUFFLED,
    /** The order of the file, the same each epoch. */
    SEQUENTIAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
