package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that every run has, whatever its method; read once, with the method's {@link RunDefaults}.
 *
 * @param method its name
 * @param model what training starts from
 * @param data null if something else replaces it, such as an environment
 * @param steps null if the number of steps follows from the number of epochs
 * @param lora the adapter that is trained instead of the model's own weights; null: the weights are
 * @param gradientCheckpointing whether training keeps only the inputs of layers and computes them again in the backward pass
 * @param plugins jars whose classes the recipe names
 */
@RecordBuilder
public record RunSettings(
        String method,
        ModelSource model,
        @JsonUnwrapped ConversationSettings conversation,
        @Nullable DataSettings data,
        @Nullable Integer steps,
        OptimizerSettings optimizer,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        @JsonUnwrapped PrecisionSettings precision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LoraSettings lora,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean gradientCheckpointing,
        List<String> plugins,
        long seed)
        implements RunSettingsBuilder.With {
    /** The key of the method's name. */
    public static final String METHOD = "method";

    /** The key of the jars. */
    public static final String PLUGINS = "plugins";

    /** The settings of a recipe whose keys are those of this section. */
    public static RunSettings read(SectionReader fields, RunDefaults defaults) {
        String replaced = defaults.dataReplaced();
        if (replaced != null) {
            fields.requireAbsent("data", replaced);
        }
        return new RunSettings(
                fields.text(METHOD, ""),
                ModelSource.read(fields),
                ConversationSettings.read(fields),
                replaced == null ? fields.section("data", DataSettings::read) : null,
                steps(fields, defaults.steps()),
                fields.section(
                        "optimizer", o -> OptimizerSettings.read(o, defaults.learningRate(), defaults.schedule())),
                fields.section(
                        "evaluate", e -> EvaluateSettings.read(e, defaults.evaluateEvery(), defaults.evaluateSplit())),
                fields.section("checkpoint", c -> CheckpointSettings.read(c, defaults.checkpointEvery())),
                PrecisionSettings.read(fields),
                fields.optionalSection("lora", LoraSettings::read),
                fields.bool("gradient_checkpointing", false),
                fields.texts(PLUGINS),
                fields.longValue("seed", 0));
    }

    private static @Nullable Integer steps(SectionReader fields, @Nullable Integer fallback) {
        return fallback == null ? fields.optionalInteger("steps", 1) : (Integer) fields.integer("steps", fallback, 1);
    }

    /**
     * The directory of the stored model that a method trains further.
     *
     * @throws dev.attune.core.error.BadInputException if the recipe describes a new model
     */
    public String storedModel(SectionReader fields) {
        if (model instanceof ModelSource.Stored stored) {
            return stored.location();
        }
        throw fields.invalid("model", "a fresh model", "a trained one", "train it with method sft first");
    }

    /** The directory of the stored model that training starts from; for methods whose recipes require one. */
    public String start() {
        return ((ModelSource.Stored) model).location();
    }

    /** The data of a method that nothing replaces. */
    public DataSettings dataOrFail() {
        return Objects.requireNonNull(data, "the recipe has no data");
    }
}
