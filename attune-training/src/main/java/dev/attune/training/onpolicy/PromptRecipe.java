package dev.attune.training.onpolicy;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RolloutBatchSettings;
import dev.attune.training.recipe.SectionReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recipe of an on-policy method that samples completions of prompts, or learns from stored ones. */
public interface PromptRecipe extends Recipe {
    /** The key of a file of stored completions. */
    String COMPLETIONS = "completions";

    /** The frozen policy that KL is measured against. */
    String reference();

    /** Reward functions, summed with their weights. */
    List<RewardSource> reward();

    /** A file of stored completions to learn from instead of samples; null for samples. */
    @Nullable
    CompletionsSettings completions();

    GenerationSettings generation();

    RolloutBatchSettings batch();

    /** In which order each epoch takes the prompts. */
    default DataOrder order() {
        DataSettings data = data();
        return data == null ? DataOrder.SEQUENTIAL : data.order();
    }

    /** The reason why the recipe has no data, if it has stored completions; otherwise null. */
    static @Nullable String dataReplaced(SectionReader fields) {
        return fields.isNull(COMPLETIONS) ? null : "because the stored completions have the prompts";
    }

    /** Reads the stored completions; null if there are none. */
    static @Nullable CompletionsSettings completions(SectionReader fields) {
        return CompletionsSettings.read(fields);
    }

    /** Reads the reward functions; stored completions may have their rewards with them. */
    static List<RewardSource> rewards(SectionReader fields) {
        List<RewardSource> reward = fields.sections("reward", RewardSource::read);
        RewardSource.requireDifferentNames(reward, fields);
        if (reward.isEmpty() && fields.isNull(COMPLETIONS)) {
            throw fields.invalid(
                    "reward", "no reward function", "at least one", "add '- {model: DIR}' or '- {class: NAME}'");
        }
        return reward;
    }

    /** Refuses a number of completions per step that is no multiple of those per prompt. */
    static void requireWholeGroups(SectionReader fields, RolloutBatchSettings batch, String section, int group) {
        if (batch.rollouts() % group != 0) {
            throw fields.invalid(
                    "batch",
                    "rollouts " + batch.rollouts(),
                    "a multiple of " + section + ".num_generations, which is " + group,
                    "change one of the two");
        }
    }
}
