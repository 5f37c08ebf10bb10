package dev.attune.training.method;

import dev.attune.training.recipe.Node;
import dev.attune.training.recipe.Recipe;
import java.util.List;

/** The content of a recipe file: one run, or stages that run in order. */
public sealed interface RecipeFile {
    /** One run. */
    record Single(ConfiguredMethod<?> configured) implements RecipeFile {
        public Recipe recipe() {
            return configured.recipe();
        }
    }

    /** Each stage runs in its own directory under the run's; {@code stage:NAME} refers to an earlier one's model. */
    record Staged(List<Stage> stages) implements RecipeFile {}

    /**
     * A stage.
     *
     * @param place of its recipe in the file, for messages
     * @param tree its recipe with references to earlier stages
     * @param recipe the same, read with the references as they are
     */
    record Stage(String name, RecipePlace place, Node tree, Recipe recipe) {}
}
