package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.ProductScope;
import dev.attune.training.recipe.Precision;
import dev.attune.training.recipe.Recipe;

/** What a recipe's precision means for products and models. */
final class RecipePrecision {
    private RecipePrecision() {}

    /** Opens the scope in which the recipe's products are computed. */
    static ProductScope products(Recipe recipe) {
        return ProductScope.open(isBfloat16(recipe) ? BfloatProducts.precision() : ProductPrecision.FLOAT32);
    }

    /** How models that are not trained are stored. */
    static DType storageOfFrozen(Recipe recipe) {
        return isBfloat16(recipe) ? DType.BFLOAT16 : DType.FLOAT32;
    }

    /**
     * Checks that the recipe's precision suits machine and model.
     *
     * @throws BadInputException if bfloat16 would be slower than float32
     */
    static void require(Recipe recipe, ModelConfig model) {
        if (isBfloat16(recipe)) {
            BfloatProducts.objection(model.width(), model.mlp().width()).ifPresent(reason -> {
                throw BadInputException.at(
                        "precision",
                        "bf16, but " + reason,
                        "f32",
                        "it is faster here; for the format of the saved weights, use save_dtype: bf16");
            });
        }
    }

    private static boolean isBfloat16(Recipe recipe) {
        return recipe.precision().precision() == Precision.BF16;
    }
}
