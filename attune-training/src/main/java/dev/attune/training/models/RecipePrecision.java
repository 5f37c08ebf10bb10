package dev.attune.training.models;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.ProductScope;
import dev.attune.training.recipe.Precision;
import dev.attune.training.recipe.PrecisionSettings;

/** What a recipe's precision means for products and models. */
public final class RecipePrecision {
    private RecipePrecision() {}

    /** Opens the scope in which the recipe's products are computed. */
    public static ProductScope products(PrecisionSettings settings) {
        return ProductScope.open(isBfloat16(settings) ? BfloatProducts.precision() : ProductPrecision.FLOAT32);
    }

    /** How models that are not trained are stored. */
    public static DType storageOfFrozen(PrecisionSettings settings) {
        return isBfloat16(settings) ? DType.BFLOAT16 : DType.FLOAT32;
    }

    /**
     * Checks that the recipe's precision suits machine and model.
     *
     * @throws BadInputException if bfloat16 would be slower than float32
     */
    public static void require(PrecisionSettings settings, ModelConfig model) {
        if (isBfloat16(settings)) {
            BfloatProducts.objection(model.width(), model.mlp().width()).ifPresent(reason -> {
                throw BadInputException.at(
                        "precision",
                        "bf16, but " + reason,
                        "f32",
                        "it is faster here; for the format of the saved weights, use save_dtype: bf16");
            });
        }
    }

    private static boolean isBfloat16(PrecisionSettings settings) {
        return settings.precision() == Precision.BF16;
    }
}
