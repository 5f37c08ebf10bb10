package dev.attune.core.stats.quality;

import java.util.List;

/**
 * The right order of a test question's completions under one criterion.
 *
 * @param order best first, as in rankings; tied completions are not compared
 */
public record KnownAnswer(String task, String criterion, List<List<Integer>> order) {
    public KnownAnswer {
        order = order.stream().map(List::copyOf).toList();
    }
}
