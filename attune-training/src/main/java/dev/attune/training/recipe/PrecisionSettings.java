package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;

/**
 * How a run computes, and what it writes; its keys are at the top level of a recipe. Weights that are trained, their
 * gradients and all sums are float32.
 *
 * @param precision F32; or BF16: products round their factors to bfloat16, and frozen models are stored in it
 * @param saveDtype the format of the finished model's weights
 */
public record PrecisionSettings(Precision precision, Precision saveDtype) {
    public static PrecisionSettings read(SectionReader fields) {
        Precision precision = fields.choice("precision", Precision.F32);
        if (precision == Precision.F16) {
            throw fields.invalid(
                    "precision", "'f16'", "f32 or bf16", "for the format of the saved weights, use save_dtype: f16");
        }
        return new PrecisionSettings(precision, fields.choice("save_dtype", Precision.F32));
    }
}
