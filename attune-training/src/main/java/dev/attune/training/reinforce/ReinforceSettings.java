package dev.attune.training.reinforce;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.ClippedObjective;
import dev.attune.training.losses.RatioLevel;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The settings of REINFORCE++ (arXiv 2501.03262).
 *
 * @param numGenerations completions per prompt; 1 is enough without a baseline
 * @param baseline whether the mean reward of a prompt's completions is subtracted first
 * @param numIterations passes over a step's completions
 * @param minibatches updates per pass
 * @param beta coefficient of the KL penalty, k1 of each token, which is part of the reward
 * @param epsilon the lower bound of the clipped ratio of tokens is 1 - epsilon
 * @param epsilonHigh the upper bound is 1 + this; null: epsilon
 * @param maskTruncatedCompletions whether completions without an end token are out of the loss
 * @param missingEos the score of completions without an end token, or what is added to it; null: no rule
 * @param clipReward the score is clipped to plus or minus this before the KL penalty; null: not clipped
 */
@RecordBuilder
public record ReinforceSettings(
        int numGenerations,
        boolean baseline,
        int numIterations,
        int minibatches,
        double beta,
        double epsilon,
        @Nullable Double epsilonHigh,
        boolean maskTruncatedCompletions,
        @Nullable Double missingEos,
        ScoreRule.MissingEos missingEosMode,
        @Nullable Double clipReward)
        implements ReinforceSettingsBuilder.With {

    static ReinforceSettings read(SectionReader fields) {
        boolean baseline = fields.bool("baseline", false);
        return new ReinforceSettings(
                fields.integer("num_generations", baseline ? 8 : 1, baseline ? 2 : 1),
                baseline,
                fields.integer("num_iterations", 1, 1),
                fields.integer("minibatches", 1, 1),
                fields.number("beta", 0.01, Range.NOT_NEGATIVE),
                fields.number("epsilon", 0.2, Range.PROPER_FRACTION),
                fields.optionalNumber("epsilon_high", Range.POSITIVE),
                fields.bool("mask_truncated_completions", false),
                fields.optionalNumber("missing_eos", Range.ANY),
                fields.choice("missing_eos_mode", ScoreRule.MissingEos.REPLACE),
                fields.optionalNumber("clip_reward", Range.POSITIVE));
    }

    /** The clipped ratio of tokens. */
    ClippedObjective objective() {
        return new ClippedObjective(RatioLevel.TOKEN, epsilon, epsilonHigh == null ? epsilon : epsilonHigh, null);
    }

    ScoreRule scoreRule() {
        return ScoreRule.symmetric(ReinforceMethod.SECTION, missingEos, missingEosMode, clipReward);
    }
}
