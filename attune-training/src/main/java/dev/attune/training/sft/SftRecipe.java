package dev.attune.training.sft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.text.ConfigNamed;
import dev.attune.model.conversation.LossOn;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.Schedule;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning, or pretraining if the model is new.
 *
 * @param demonstrations episodes of an environment to learn from; null if there is data
 * @param packing whether several documents share a row; each then attends only to itself
 * @param lossOn which tokens are learned; null: every token of rows of messages, the completion of all others, the
 *     actions of demonstrations
 * @param epochs passes over the data if {@code steps} is null
 */
@RecordBuilder
public record SftRecipe(
        @JsonUnwrapped RunSettings run,
        @Nullable DemonstrationSettings demonstrations,
        BatchSettings batch,
        boolean packing,
        @Nullable LossOn lossOn,
        int epochs)
        implements SftRecipeBuilder.With, Recipe {
    private static final RunDefaults DEFAULTS =
            RunDefaults.ofEpochs(1e-4, Schedule.Shape.COSINE).withEvaluation(100, 0.05);

    static SftRecipe read(SectionReader fields) {
        DemonstrationSettings demonstrations = fields.optionalSection("demonstrations", DemonstrationSettings::read);
        return new SftRecipe(
                RunSettings.read(
                        fields,
                        DEFAULTS.withDataReplaced(
                                demonstrations == null ? null : "because the demonstrations are the data")),
                demonstrations,
                fields.section("batch", batch -> BatchSettings.read(batch, 32, 8)),
                fields.bool("packing", true),
                lossOn(fields),
                fields.integer("epochs", 1, 1));
    }

    /** The order of the data's rows; demonstrations are always shuffled. */
    public DataOrder order() {
        DataSettings data = data();
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
}
