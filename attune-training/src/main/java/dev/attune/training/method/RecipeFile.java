package dev.attune.training.method;

import dev.attune.core.settings.Node;
import dev.attune.training.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The content of a recipe file: one run, or stages that run in order. */
public sealed interface RecipeFile {
    /** The recipes by their stages, in order; one without a name if there are no stages. */
    Map<String, Recipe> recipes();

    /** One run. */
    record Single(ConfiguredMethod<?> configured) implements RecipeFile {
        public Recipe recipe() {
            return configured.recipe();
        }

        @Override
        public Map<String, Recipe> recipes() {
            return Map.of("", recipe());
        }
    }

    /** Each stage runs in its own directory under the run's; {@code stage:NAME} refers to an earlier one's model. */
    record Staged(List<Stage> stages) implements RecipeFile {
        @Override
        public Map<String, Recipe> recipes() {
            Map<String, Recipe> recipes = new LinkedHashMap<>();
            stages.forEach(stage -> recipes.put(stage.name(), stage.recipe()));
            return recipes;
        }
    }

    /**
     * A stage.
     *
     * @param place of its recipe in the file, for messages
     * @param tree its recipe with references to earlier stages
     * @param recipe the same, read with the references as they are
     */
    record Stage(String name, RecipePlace place, Node tree, Recipe recipe) {}
}
