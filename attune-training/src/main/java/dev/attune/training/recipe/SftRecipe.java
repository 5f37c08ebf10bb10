package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.text.ConfigNamed;
import dev.attune.model.conversation.LossOn;
import dev.attune.training.optimizer.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning, or pretraining if the model is new.
 *
 * @param data null if there are demonstrations
 * @param demonstrations episodes of an environment to learn from; null if there is data
 * @param packing whether several documents share a row; each then attends only to itself
 * @param lossOn which tokens are learned; null: every token of rows of messages, the completion of all others, the
 *     actions of demonstrations
 * @param epochs passes over the data if {@code steps} is null
 */
public record SftRecipe(
        String method,
        ModelSource model,
        @JsonUnwrapped ConversationSettings conversation,
        @Nullable DataSettings data,
        @Nullable DemonstrationSettings demonstrations,
        BatchSettings batch,
        boolean packing,
        @Nullable LossOn lossOn,
        int epochs,
        @Nullable Integer steps,
        OptimizerSettings optimizer,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        @JsonUnwrapped PrecisionSettings precision,
        List<String> plugins,
        long seed)
        implements Recipe {
    static final String METHOD = "sft";

    static SftRecipe read(SectionReader fields) {
        DemonstrationSettings demonstrations = fields.optionalSection("demonstrations", DemonstrationSettings::read);
        if (demonstrations != null) {
            fields.requireAbsent("data", "because the demonstrations are the data");
        }
        return new SftRecipe(
                fields.text("method", METHOD),
                ModelSource.read(fields),
                ConversationSettings.read(fields),
                demonstrations == null ? fields.section("data", DataSettings::read) : null,
                demonstrations,
                fields.section("batch", batch -> BatchSettings.read(batch, 32, 8)),
                fields.bool("packing", true),
                lossOn(fields),
                fields.integer("epochs", 1, 1),
                fields.optionalInteger("steps", 1),
                fields.section("optimizer", o -> OptimizerSettings.read(o, 1e-4, Schedule.Shape.COSINE)),
                fields.section("evaluate", e -> EvaluateSettings.read(e, 100, 0.05)),
                fields.section("checkpoint", c -> CheckpointSettings.read(c, 100)),
                PrecisionSettings.read(fields),
                fields.texts("plugins"),
                fields.longValue("seed", 0));
    }

    /** The order of the data's rows; demonstrations are always shuffled. */
    public DataOrder order() {
        return data == null ? DataOrder.SHUFFLED : data.order();
    }

    /** {@code completion_only}, the older key, is equivalent: true is {@code last}, false is {@code every_token}. */
    private static @Nullable LossOn lossOn(SectionReader fields) {
        LossOn chosen = fields.isNull("loss_on")
                ? null
                : fields.parsed(
                        "loss_on",
                        LossOn.LAST,
                        ConfigNamed.configNames(LossOn.class),
                        word -> ConfigNamed.parse(LossOn.class, "loss_on", word));
        if (fields.isNull("completion_only")) {
            return chosen;
        }
        LossOn older = fields.bool("completion_only", true) ? LossOn.LAST : LossOn.EVERY_TOKEN;
        if (chosen != null && chosen != older) {
            throw fields.invalid(
                    "completion_only",
                    "a value that contradicts loss_on: " + chosen.configName(),
                    "one of the two keys",
                    "remove completion_only");
        }
        return older;
    }

    @Override
    public SftRecipe withSteps(int value) {
        return new SftRecipe(
                method,
                model,
                conversation,
                data,
                demonstrations,
                batch,
                packing,
                lossOn,
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
