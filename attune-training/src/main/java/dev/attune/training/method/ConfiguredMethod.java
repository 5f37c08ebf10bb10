package dev.attune.training.method;

import dev.attune.training.recipe.Recipe;
import java.io.IOException;

/**
 * A method with its recipe.
 *
 * @param <R> the method's recipe
 */
public record ConfiguredMethod<R extends Recipe>(TrainingMethod<R> method, R recipe) {
    /** Loads models and data. */
    public Job open(RunContext context) throws IOException {
        return method.open(recipe, context);
    }
}
