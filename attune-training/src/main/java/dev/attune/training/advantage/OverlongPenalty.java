package dev.attune.training.advantage;

import dev.attune.core.error.BadInputException;

/**
 * DAPO's soft punishment of overlong completions (arXiv 2503.14476, eq. 13), added to the reward: 0 up to limit - cache
 * tokens, then falling in a line to -1 at the limit, and -1 beyond.
 *
 * @param limit the longest completion, in tokens
 * @param cache tokens below the limit over which the penalty grows, in [1, limit]
 */
public record OverlongPenalty(int limit, int cache) {
    public OverlongPenalty {
        if (cache < 1 || limit < cache) {
            throw BadInputException.at(
                    "overlong penalty",
                    "a limit of " + limit + " and a cache of " + cache,
                    "a cache from 1 to the limit",
                    "change the settings");
        }
    }

    /** The penalty of a completion, in [-1, 0]. */
    public double of(int tokens) {
        double over = tokens - (limit - cache);
        return -Math.max(0, Math.min(1, over / cache)) + 0.0;
    }
}
