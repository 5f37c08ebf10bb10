package dev.attune.training.bestofn;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.advantage.BestOfGroup;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The settings of fine-tuning on the best of n completions.
 *
 * @param numGenerations n, completions per prompt
 * @param minReward nothing is learned from prompts whose completions all score lower; null: no bound
 * @param numIterations passes over a step's completions
 * @param minibatches updates per pass
 * @param missingEos the score of completions without an end token, or what is added to it; null: no rule
 */
@RecordBuilder
public record BestOfNSettings(
        int numGenerations,
        @Nullable Double minReward,
        int numIterations,
        int minibatches,
        @Nullable Double missingEos,
        ScoreRule.MissingEos missingEosMode)
        implements BestOfNSettingsBuilder.With {

    static BestOfNSettings read(SectionReader fields) {
        return new BestOfNSettings(
                fields.integer("num_generations", 8, 2),
                fields.optionalNumber("min_reward", Range.ANY),
                fields.integer("num_iterations", 1, 1),
                fields.integer("minibatches", 1, 1),
                fields.optionalNumber("missing_eos", Range.ANY),
                fields.choice("missing_eos_mode", ScoreRule.MissingEos.REPLACE));
    }

    BestOfGroup estimator() {
        return new BestOfGroup(minReward);
    }

    ScoreRule scoreRule() {
        return ScoreRule.symmetric(BestOfNMethod.NAME, missingEos, missingEosMode, null);
    }
}
