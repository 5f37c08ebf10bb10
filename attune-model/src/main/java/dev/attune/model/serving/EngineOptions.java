package dev.attune.model.serving;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.transformer.CausalLm;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How much an engine does at once.
 *
 * @param places sequences that decode together, from 1
 * @param queue requests that wait for a place, from 0; more are refused
 * @param cacheTokens tokens whose keys and values are held at once, of running sequences and kept prefixes. A sequence starts
 *     when its prompt and all its new tokens fit
 * @param prefixTokens the part of them that may be kept of ended prompts; 0: prompts are always computed anew
 */
@RecordBuilder
public record EngineOptions(int places, int queue, long cacheTokens, long prefixTokens)
        implements EngineOptionsBuilder.With {
    public EngineOptions {
        if (places < 1 || queue < 0 || cacheTokens < 1 || prefixTokens < 0) {
            throw new IllegalArgumentException(
                    "places " + places + ", queue " + queue + ", cache " + cacheTokens + ", prefixes " + prefixTokens);
        }
    }

    /** Room for {@code places} sequences of {@code length} tokens, a queue four times as long, a quarter for prefixes. */
    public static EngineOptions of(int places, long length) {
        long tokens = places * length;
        return new EngineOptions(places, 4 * places, tokens, tokens / 4);
    }

    /**
     * Options for a model whose caches take about so many bytes, but hold at least one sequence of the greatest length.
     *
     * @param places sequences that decode together
     */
    public static EngineOptions within(CausalLm model, int places, long cacheBytes) {
        ModelConfig config = model.config();
        long tokens = Math.max(config.maxPositions(), cacheBytes / bytesPerToken(model));
        return new EngineOptions(places, 4 * places, tokens, tokens / 4);
    }

    /** The bytes that the keys and values of a token take. */
    public static long bytesPerToken(CausalLm model) {
        ModelConfig config = model.config();
        return 2L
                * model.cacheType().bytes()
                * config.layers()
                * config.attention().kvHeads()
                * config.attention().headDim();
    }
}
