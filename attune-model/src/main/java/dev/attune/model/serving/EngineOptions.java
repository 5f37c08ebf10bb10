package dev.attune.model.serving;

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
}
