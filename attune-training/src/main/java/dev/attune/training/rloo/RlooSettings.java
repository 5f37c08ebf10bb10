package dev.attune.training.rloo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.advantage.LeaveOneOut;
import dev.attune.training.losses.ClippedObjective;
import dev.attune.training.losses.RatioLevel;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of RLOO; names and defaults are TRL's.
 *
 * @param numGenerations completions per prompt, which form a group
 * @param numIterations passes over a step's completions
 * @param minibatches updates per pass
 * @param beta coefficient of the KL penalty, the summed k1 of a completion, which is part of its reward
 * @param epsilon the lower bound of the clipped ratio of sequences is 1 - epsilon
 * @param epsilonHigh the upper bound is 1 + this; null: epsilon
 * @param normalizeAdvantages whether advantages are centred and scaled over the batch
 * @param maskTruncatedCompletions whether completions without an end token are out of the loss
 * @param missingEos the score of completions without an end token, or what is added to it; null: no rule
 * @param rewardClipRange the score is clipped to the range from the first to the second number, before the KL penalty; empty: it
 *     is not
 */
@RecordBuilder
public record RlooSettings(
        int numGenerations,
        int numIterations,
        int minibatches,
        double beta,
        double epsilon,
        @Nullable Double epsilonHigh,
        boolean normalizeAdvantages,
        boolean maskTruncatedCompletions,
        @Nullable Double missingEos,
        ScoreRule.MissingEos missingEosMode,
        List<Double> rewardClipRange)
        implements RlooSettingsBuilder.With {

    static RlooSettings read(SectionReader fields) {
        return new RlooSettings(
                fields.integer("num_generations", 2, 2),
                fields.integer("num_iterations", 1, 1),
                fields.integer("minibatches", 1, 1),
                fields.number("beta", 0.05, Range.NOT_NEGATIVE),
                fields.number("epsilon", 0.2, Range.PROPER_FRACTION),
                fields.optionalNumber("epsilon_high", Range.POSITIVE),
                fields.bool("normalize_advantages", false),
                fields.bool("mask_truncated_completions", false),
                fields.optionalNumber("missing_eos", Range.ANY),
                fields.choice("missing_eos_mode", ScoreRule.MissingEos.REPLACE),
                rewardClipRange(fields));
    }

    private static List<Double> rewardClipRange(SectionReader fields) {
        List<Double> range = fields.numbers("reward_clip_range");
        if (!range.isEmpty() && (range.size() != 2 || range.get(0) >= range.get(1))) {
            throw fields.invalid(
                    "reward_clip_range", range.toString(), "two numbers, the lower one first", "write [-1, 1]");
        }
        return range;
    }

    /** The clipped ratio of whole sequences. */
    ClippedObjective objective() {
        return new ClippedObjective(
                RatioLevel.SEQUENCE_SUM, epsilon, epsilonHigh == null ? epsilon : epsilonHigh, null);
    }

    LeaveOneOut estimator() {
        return new LeaveOneOut(normalizeAdvantages);
    }

    ScoreRule scoreRule() {
        boolean clipped = !rewardClipRange.isEmpty();
        return new ScoreRule(
                RlooMethod.NAME,
                missingEos,
                missingEosMode,
                clipped ? rewardClipRange.get(0) : null,
                clipped ? rewardClipRange.get(1) : null);
    }
}
