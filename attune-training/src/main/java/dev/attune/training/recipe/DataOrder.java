package dev.attune.training.recipe;

import java.util.Locale;

/** In which order an epoch goes through the training data. */
public enum DataOrder {
    /** A new random order each epoch, which follows from the seed. */
    SHUFFLED,
    /** The order of the file, the same each epoch. */
    SEQUENTIAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
