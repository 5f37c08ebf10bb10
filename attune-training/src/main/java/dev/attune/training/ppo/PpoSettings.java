package dev.attune.training.ppo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of PPO.
 *
 * @param epochs passes over a step's rollouts
 * @param minibatches updates per pass
 * @param clip epsilon of the clipped ratio
 * @param valueClip how far a value may move from the rollout's before its loss is clipped; null switches that off
 * @param lambda of generalised advantage estimation
 * @param valueCoefficient weight of the value loss
 * @param entropyCoefficient weight of the entropy bonus
 * @param missingEos for completions without an end token: the score, or the amount added to it; null switches the rule
 *     off
 * @param missingEosMode whether {@code missingEos} replaces the score (as in the summarize-from-feedback reproduction
 *     and torchtune) or is added to it
 * @param clipReward the score is clipped to plus or minus this before the KL penalty is added; null switches clipping
 *     off
 * @param whitenRewards scales the per-token rewards, KL penalty included, to variance 1 without shifting their mean
 * @param whitenAdvantages shifts and scales the advantages of a step's real tokens to mean 0 and variance 1
 * @param credit the unit of a step in generalised advantage estimation
 */
@RecordBuilder
public record PpoSettings(
        int epochs,
        int minibatches,
        double clip,
        @Nullable Double valueClip,
        double gamma,
        double lambda,
        double valueCoefficient,
        double entropyCoefficient,
        @Nullable Double missingEos,
        ScoreRule.MissingEos missingEosMode,
        @Nullable Double clipReward,
        boolean whitenRewards,
        boolean whitenAdvantages,
        Credit credit)
        implements PpoSettingsBuilder.With {
    /** The unit of a step in advantage estimation. */
    public enum Credit {
        /** Every sampled token: V is read before each of them. */
        TOKEN,
        /** Every action: V is read before its first token, and all its tokens share one advantage. */
        TURN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final PpoSettings DEFAULT = new PpoSettings(
            4, 1, 0.2, 0.2, 1, 0.95, 0.1, 0, -1.0, ScoreRule.MissingEos.REPLACE, null, false, true, Credit.TOKEN);

    /** Refuses the settings for end tokens in an environment, because it gives the rewards itself. */
    static PpoSettings read(SectionReader fields, boolean environment) {
        if (environment && !fields.isNull("clip_reward")) {
            throw fields.invalid(
                    "clip_reward", "a bound", "none, because the environment gives the rewards", "remove it");
        }
        if (environment && !fields.isNull("missing_eos")) {
            throw fields.invalid("missing_eos", "a score", "none, because an action misses no end token", "remove it");
        }
        return new PpoSettings(
                fields.integer("epochs", DEFAULT.epochs, 1),
                fields.integer("minibatches", DEFAULT.minibatches, 1),
                fields.number("clip", DEFAULT.clip, Range.POSITIVE),
                fields.nullableNumber("value_clip", DEFAULT.valueClip, Range.POSITIVE),
                fields.number("gamma", DEFAULT.gamma, Range.FRACTION),
                fields.number("lambda", DEFAULT.lambda, Range.FRACTION),
                fields.number("value_coefficient", DEFAULT.valueCoefficient, Range.NOT_NEGATIVE),
                fields.number("entropy_coefficient", DEFAULT.entropyCoefficient, Range.NOT_NEGATIVE),
                fields.nullableNumber("missing_eos", environment ? null : DEFAULT.missingEos, Range.ANY),
                fields.choice("missing_eos_mode", DEFAULT.missingEosMode),
                fields.optionalNumber("clip_reward", Range.POSITIVE),
                fields.bool("whiten_rewards", DEFAULT.whitenRewards),
                fields.bool("whiten_advantages", DEFAULT.whitenAdvantages),
                fields.choice("credit", DEFAULT.credit));
    }

    /** The rule for scores. */
    ScoreRule scoreRule() {
        return ScoreRule.symmetric("ppo", missingEos, missingEosMode, clipReward);
    }
}
