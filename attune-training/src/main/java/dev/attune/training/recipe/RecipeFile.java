package dev.attune.training.recipe;

import java.util.List;

/** The content of a recipe file: one run, or stages that run in order. */
public sealed interface RecipeFile {
    record Single(Recipe recipe) implements RecipeFile {}

    /** Each stage runs in its own directory under the run's; {@code stage:NAME} refers to an earlier one's model. */
    record Staged(List<Stage> stages) implements RecipeFile {}

    record Stage(String name, Recipe recipe) {}
}
