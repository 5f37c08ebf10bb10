package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.training.recipe.Precision;
import dev.attune.training.recipe.Recipe;

/** While open, products are computed as a recipe says; closing it restores what was before. */
final class ProductScope implements AutoCloseable {
    private final ProductPrecision before = Engine.productPrecision();

    private ProductScope() {}

    static ProductScope of(Recipe recipe) {
        ProductScope scope = new ProductScope();
        Engine.useProductPrecision(isBfloat16(recipe) ? BfloatProducts.precision() : ProductPrecision.FLOAT32);
        return scope;
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

    @Override
    public void close() {
        Engine.useProductPrecision(before);
    }
}
