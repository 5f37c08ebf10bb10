package dev.attune.training.grpo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.advantage.GroupRelative;
import dev.attune.training.kl.KlEstimator;
import dev.attune.training.losses.CispoObjective;
import dev.attune.training.losses.ClippedObjective;
import dev.attune.training.losses.LossAggregation;
import dev.attune.training.losses.PolicyObjective;
import dev.attune.training.losses.RatioLevel;
import dev.attune.training.losses.SapoObjective;
import dev.attune.training.losses.VespoObjective;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of GRPO; names and defaults are TRL's.
 *
 * @param numGenerations completions per prompt, which form a group
 * @param numIterations passes over a step's completions
 * @param minibatches updates per pass
 * @param lossType objective and aggregation
 * @param importanceSamplingLevel ratio of each token, or of each sequence (GSPO)
 * @param epsilon the lower bound of the clipped ratio is 1 - epsilon
 * @param epsilonHigh the upper bound is 1 + this; null: epsilon; for cispo it is the bound itself
 * @param delta bound of the unclipped ratio; null: none
 * @param beta coefficient of the KL term; 0: no reference is loaded
 * @param klEstimator of the KL term
 * @param useBiasCorrectionKl whether the KL term is multiplied by the ratio
 * @param scaleRewards the deviation that divides the advantages
 * @param multiObjectiveAggregation what is done with several reward functions
 * @param maskTruncatedCompletions whether completions without an end token are out of the loss
 * @param entropyCoefficient weight of an entropy bonus
 * @param sapoTemperaturePos of sapo, for positive advantages
 * @param sapoTemperatureNeg of sapo, for the others
 * @param accumulation the number of batches over which bnpo averages, as TRL's gradient accumulation makes it; other losses do
 *     not depend on it
 * @param missingEos as in PPO: the score of completions without an end token, or what is added to it; null: no rule
 * @param dynamicSampling rounds of further prompts that may replace groups of equal rewards (DAPO); 1: none are replaced
 * @param overlongCache tokens below max_new_tokens over which a punishment for length grows to -1 (DAPO); null: none
 */
@RecordBuilder
public record GrpoSettings(
        int numGenerations,
        int numIterations,
        int minibatches,
        LossType lossType,
        RatioLevel importanceSamplingLevel,
        double epsilon,
        @Nullable Double epsilonHigh,
        @Nullable Double delta,
        double beta,
        KlEstimator klEstimator,
        boolean useBiasCorrectionKl,
        GroupRelative.Scale scaleRewards,
        GroupRelative.Combination multiObjectiveAggregation,
        boolean maskTruncatedCompletions,
        double entropyCoefficient,
        double sapoTemperaturePos,
        double sapoTemperatureNeg,
        int accumulation,
        @Nullable Double missingEos,
        ScoreRule.MissingEos missingEosMode,
        @Nullable Double clipReward,
        int dynamicSampling,
        @Nullable Integer overlongCache)
        implements GrpoSettingsBuilder.With {
    /** What a token contributes, and how tokens are weighed. */
    public enum LossType {
        /** The mean over sequences of the mean over their tokens (DeepSeekMath). */
        GRPO(LossAggregation.GRPO),
        /** The mean over the tokens of a batch. */
        BNPO(LossAggregation.BNPO),
        /** Divided by the longest possible completion (Dr. GRPO). */
        DR_GRPO(LossAggregation.DR_GRPO),
        /** The mean over all tokens (DAPO). */
        DAPO(LossAggregation.DAPO),
        /** The ratio is a bounded weight (MiniMax-M1); the mean over all tokens. */
        CISPO(LossAggregation.DAPO),
        /** A sigmoid in place of the clip; the mean over sequences of the mean over their tokens. */
        SAPO(LossAggregation.GRPO),
        /** The mean over sequences of the sum over their tokens, with the ratio of sequences. */
        LUSPO(LossAggregation.LUSPO),
        /** A smooth weight by the sequence's ratio; the mean over all tokens. */
        VESPO(LossAggregation.DAPO);

        private final LossAggregation aggregation;

        LossType(LossAggregation aggregation) {
            this.aggregation = aggregation;
        }

        /** How tokens are weighed. */
        public LossAggregation aggregation() {
            return aggregation;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static GrpoSettings read(SectionReader fields) {
        LossType loss = fields.choice("loss_type", LossType.DAPO);
        GrpoSettings settings = new GrpoSettings(
                fields.integer("num_generations", 8, 2),
                fields.integer("num_iterations", 1, 1),
                fields.integer("minibatches", 1, 1),
                loss,
                fields.choice(
                        "importance_sampling_level", loss == LossType.LUSPO ? RatioLevel.SEQUENCE : RatioLevel.TOKEN),
                fields.number("epsilon", 0.2, Range.POSITIVE),
                fields.optionalNumber("epsilon_high", Range.POSITIVE),
                fields.optionalNumber("delta", Range.POSITIVE),
                fields.number("beta", 0, Range.NOT_NEGATIVE),
                fields.choice("kl_estimator", KlEstimator.K3),
                fields.bool("use_bias_correction_kl", true),
                fields.choice("scale_rewards", GroupRelative.Scale.GROUP),
                fields.choice("multi_objective_aggregation", GroupRelative.Combination.SUM_THEN_NORMALIZE),
                fields.bool("mask_truncated_completions", false),
                fields.number("entropy_coefficient", 0, Range.NOT_NEGATIVE),
                fields.number("sapo_temperature_pos", 1, Range.POSITIVE),
                fields.number("sapo_temperature_neg", 1.05, Range.POSITIVE),
                fields.integer("accumulation", 1, 1),
                fields.optionalNumber("missing_eos", Range.ANY),
                fields.choice("missing_eos_mode", ScoreRule.MissingEos.REPLACE),
                fields.optionalNumber("clip_reward", Range.POSITIVE),
                fields.integer("dynamic_sampling", 1, 1),
                fields.optionalInteger("overlong_cache", 1));
        settings.check(fields);
        return settings;
    }

    private void check(SectionReader fields) {
        if (importanceSamplingLevel == RatioLevel.SEQUENCE_SUM) {
            throw fields.invalid(
                    "importance_sampling_level",
                    "'sequence_sum'",
                    "token, sequence or sequence_token",
                    "use method: rloo");
        }
        if (epsilon > 1) {
            throw fields.invalid("epsilon", "'" + epsilon + "'", "at most 1", "lower it");
        }
        Double bound = delta;
        if (bound != null && bound <= 1 + high()) {
            throw fields.invalid(
                    "delta", "'" + bound + "'", "above 1 + epsilon_high, which is " + (1 + high()), "raise it");
        }
        boolean several = multiObjectiveAggregation != GroupRelative.Combination.SUM_THEN_NORMALIZE;
        if (several && (missingEos != null || clipReward != null || overlongCache != null)) {
            throw fields.invalid(
                    "multi_objective_aggregation",
                    "'" + multiObjectiveAggregation + "'",
                    "no rule that changes the sum of the rewards",
                    "remove missing_eos, clip_reward and overlong_cache");
        }
    }

    private double high() {
        return epsilonHigh == null ? epsilon : epsilonHigh;
    }

    /** The term of a token. */
    PolicyObjective objective() {
        return switch (lossType) {
            case CISPO -> new CispoObjective(importanceSamplingLevel, high());
            case SAPO -> new SapoObjective(importanceSamplingLevel, sapoTemperaturePos, sapoTemperatureNeg);
            case VESPO -> VespoObjective.defaults();
            default -> new ClippedObjective(importanceSamplingLevel, epsilon, high(), delta);
        };
    }

    ScoreRule scoreRule() {
        return ScoreRule.symmetric(GrpoMethod.NAME, missingEos, missingEosMode, clipReward);
    }
}
