package dev.attune.training.preference;

import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/** The recipe of a method that learns from pairs of completions. */
public interface PreferenceRecipe extends Recipe {
    BatchSettings batch();

    /** Passes over the data if the number of steps is null. */
    int epochs();

    /** The frozen policy against which log-ratios are measured; null if the loss needs none. */
    @Nullable
    String reference();

    /** The loss. */
    PairLoss loss();
}
