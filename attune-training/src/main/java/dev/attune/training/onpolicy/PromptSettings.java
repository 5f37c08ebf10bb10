package dev.attune.training.onpolicy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RolloutBatchSettings;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every method has that learns from completions of prompts, sampled or stored.
 *
 * @param reference the frozen policy that KL is measured against
 * @param reward reward functions, summed with their weights; may be empty if stored completions have their rewards
 * @param completions stored completions to learn from; null for samples
 */
@RecordBuilder
public record PromptSettings(
        @JsonUnwrapped RunSettings run,
        String reference,
        List<RewardSource> reward,
        @Nullable CompletionsSettings completions,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        RolloutSettings rollouts)
        implements PromptSettingsBuilder.With {
    /** The key of stored completions. */
    static final String COMPLETIONS = "completions";

    /** Reads the keys of a recipe, with TRL's learning rate. */
    public static PromptSettings read(SectionReader fields) {
        CompletionsSettings completions = CompletionsSettings.read(fields);
        RunSettings run = RunSettings.read(
                fields,
                RunDefaults.ofRollouts(1e-6)
                        .withDataReplaced(
                                completions == null ? null : "because the stored completions have the prompts"));
        return new PromptSettings(
                run,
                fields.text("reference", run.storedModel(fields)),
                RewardSource.readAll(fields, completions == null),
                completions,
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section("rollouts", RolloutSettings::read));
    }

    /** In which order each epoch takes the prompts. */
    DataOrder order() {
        DataSettings data = run.data();
        return data == null ? DataOrder.SEQUENTIAL : data.order();
    }
}
