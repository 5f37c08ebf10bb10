package dev.attune.core.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * How the next token is sampled. {@code temperature} 0 means greedy; {@code topK} 0, {@code topP} 1, {@code minP} 0 and
 * {@code repetitionPenalty} 1 switch those filters off.
 */
@RecordBuilder
public record SamplingOptions(
        int maxNewTokens,
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        List<String> stop)
        implements SamplingOptionsBuilder.With {

    public SamplingOptions {
        stop = List.copyOf(stop);
    }

    /** Plain sampling from the model's own distribution: what training rollouts use. */
    public static SamplingOptions sampling(int maxNewTokens, double temperature) {
        return new SamplingOptions(maxNewTokens, temperature, 0, 1, 0, 1, List.of());
    }

    public static SamplingOptions greedy(int maxNewTokens) {
        return sampling(maxNewTokens, 0);
    }

    /** Whether a filter changes the distribution, which makes KL estimates biased. */
    public boolean biased() {
        return topK > 0 || topP < 1 || minP > 0 || repetitionPenalty != 1;
    }
}
