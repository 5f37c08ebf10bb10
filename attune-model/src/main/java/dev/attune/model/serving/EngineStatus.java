package dev.attune.model.serving;

/**
 * Counts of an engine since it started, and what it has now.
 *
 * @param running sequences that decode
 * @param waiting sequences in the queue
 * @param places sequences that can decode at once
 * @param cachedTokens of running sequences and of kept prefixes
 * @param cacheLimit of tokens
 * @param promptTokens read so far, those of a reused prefix included
 * @param reusedTokens of prompts that were not computed again
 * @param sampledTokens so far
 * @param finished requests
 * @param cancelled requests
 * @param failed requests
 * @param refused requests that met a full queue
 */
public record EngineStatus(
        int running,
        int waiting,
        int places,
        long cachedTokens,
        long cacheLimit,
        long promptTokens,
        long reusedTokens,
        long sampledTokens,
        long finished,
        long cancelled,
        long failed,
        long refused) {}
