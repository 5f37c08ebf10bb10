package dev.attune.training.preference;

import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunSettings;
import org.jspecify.annotations.Nullable;

/** The recipe of a method that learns from pairs of completions. */
public interface PreferenceRecipe extends Recipe {
    /** The settings that all these methods have, unwrapped: their keys are at the top level of the file. */
    PairSettings pairs();

    @Override
    default RunSettings run() {
        return pairs().run();
    }

    /** Pairs per step, and sequences that pass through the model at once. */
    default BatchSettings batch() {
        return pairs().batch();
    }

    /** Passes over the data if the number of steps is null. */
    default int epochs() {
        return pairs().epochs();
    }

    /** The frozen policy against which log-ratios are measured; null if the loss needs none. */
    default @Nullable String reference() {
        return null;
    }

    /** The loss. */
    PairLoss loss();
}
