package dev.attune.training.onlinedpo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.advantage.OnlinePairs;
import dev.attune.training.onpolicy.ScoreRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The settings of online DPO.
 *
 * @param numGenerations completions per prompt, of which the best and the worst are the pair
 * @param beta of DPO's loss
 * @param missingEos the score of completions without an end token, or what is added to it; null: no rule
 */
@RecordBuilder
public record OnlineDpoSettings(
        int numGenerations, double beta, @Nullable Double missingEos, ScoreRule.MissingEos missingEosMode)
        implements OnlineDpoSettingsBuilder.With {

    static OnlineDpoSettings read(SectionReader fields) {
        return new OnlineDpoSettings(
                fields.integer("num_generations", 2, 2),
                fields.number("beta", 0.1, Range.POSITIVE),
                fields.optionalNumber("missing_eos", Range.ANY),
                fields.choice("missing_eos_mode", ScoreRule.MissingEos.REPLACE));
    }

    OnlinePairs estimator() {
        return new OnlinePairs(beta);
    }

    ScoreRule scoreRule() {
        return ScoreRule.symmetric(OnlineDpoMethod.NAME, missingEos, missingEosMode, null);
    }
}
