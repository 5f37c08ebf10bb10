package dev.attune.training.recipe;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Sampling settings of rollouts.
 *
 * @param temperature divides the logits when sampling and in every log-probability
 * @param allowBiasedSampling allows filters that change the distribution, which biases the KL estimates
 */
@RecordBuilder
public record GenerationSettings(
        int maxNewTokens,
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        List<String> stop,
        boolean allowBiasedSampling)
        implements GenerationSettingsBuilder.With {

    /** Plain sampling. */
    public static GenerationSettings of(int maxNewTokens, double temperature) {
        return new GenerationSettings(maxNewTokens, temperature, 0, 1, 0, 1, List.of(), false);
    }

    public static GenerationSettings read(SectionReader fields) {
        GenerationSettings settings = new GenerationSettings(
                fields.integer("max_new_tokens", 48, 1),
                fields.number("temperature", 1, Range.POSITIVE),
                fields.integer("top_k", 0, 0),
                fields.number("top_p", 1, new Range(0, false, 1, true)),
                fields.number("min_p", 0, Range.PROPER_FRACTION),
                fields.number("repetition_penalty", 1, Range.POSITIVE),
                fields.texts("stop"),
                fields.bool("allow_biased_sampling", false));
        if (settings.options().biased() && !settings.allowBiasedSampling) {
            String key = settings.topK > 0
                    ? "top_k"
                    : settings.topP < 1 ? "top_p" : settings.minP > 0 ? "min_p" : "repetition_penalty";
            throw fields.invalid(
                    key,
                    "a filter",
                    "sampling from the policy's own distribution, because a filter makes the KL estimates wrong",
                    "remove it, or set generation.allow_biased_sampling: true");
        }
        return settings;
    }

    public SamplingOptions options() {
        return new SamplingOptions(maxNewTokens, temperature, topK, topP, minP, repetitionPenalty, stop);
    }
}
