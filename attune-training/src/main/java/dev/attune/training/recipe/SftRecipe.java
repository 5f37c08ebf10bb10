package dev.attune.training.recipe;

import dev.attune.training.optimizer.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning, or pretraining where the model is fresh.
 *
 * @param data null where there are demonstrations
 * @param demonstrations episodes of an environment to learn from; null where there is data
 * @param packing whether several documents share a row; each then attends to itself alone
 * @param completionOnly whether the loss leaves out the prompt's tokens
 * @param epochs passes over the data where {@code steps} is null
 */
public record SftRecipe(
        String method,
        ModelSource model,
        @Nullable String template,
        @Nullable DataSettings data,
        @Nullable DemonstrationSettings demonstrations,
        BatchSettings batch,
        boolean packing,
        boolean completionOnly,
        int epochs,
        @Nullable Integer steps,
        OptimizerSettings optimizer,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        Precision precision,
        List<String> plugins,
        long seed)
        implements Recipe {
    static final String METHOD = "sft";

    static SftRecipe read(Fields fields) {
        DemonstrationSettings demonstrations = fields.optionalSection("demonstrations", DemonstrationSettings::read);
        if (demonstrations != null) {
            fields.requireAbsent("data", "because the demonstrations are the data");
        }
        return new SftRecipe(
                fields.text("method", METHOD),
                ModelSource.read(fields),
                fields.optionalText("template"),
                demonstrations == null ? fields.section("data", DataSettings::read) : null,
                demonstrations,
                fields.section("batch", batch -> BatchSettings.read(batch, 32, 8)),
                fields.flag("packing", true),
                fields.flag("completion_only", true),
                fields.integer("epochs", 1, 1),
                fields.optionalInteger("steps", 1),
                fields.section("optimizer", o -> OptimizerSettings.read(o, 1e-4, Schedule.Shape.COSINE)),
                fields.section("evaluate", e -> EvaluateSettings.read(e, 100, 0.05)),
                fields.section("checkpoint", c -> CheckpointSettings.read(c, 100)),
                fields.choice("precision", Precision.F32),
                fields.texts("plugins"),
                fields.whole("seed", 0));
    }

    /** The order of the data's rows; demonstrations are always shuffled. */
    public DataOrder order() {
        return data == null ? DataOrder.SHUFFLED : data.order();
    }

    @Override
    public SftRecipe withSteps(int value) {
        return new SftRecipe(
                method,
                model,
                template,
                data,
                demonstrations,
                batch,
                packing,
                completionOnly,
                epochs,
                value,
                optimizer,
                evaluate,
                checkpoint,
                precision,
                plugins,
                seed);
    }
}
