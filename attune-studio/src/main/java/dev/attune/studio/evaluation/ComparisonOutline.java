package dev.attune.studio.evaluation;

import dev.attune.feedback.evaluation.ComparisonLine;

/**
 * What comparisons are found by.
 *
 * @param pair the two models
 * @param outcome in words
 */
record ComparisonOutline(String measure, String pair, String outcome) {
    static ComparisonOutline of(ComparisonLine line) {
        return new ComparisonOutline(
                line.measure().intern(),
                pair(line.model(), line.against()).intern(),
                line.comparison().outcome().words());
    }

    static String pair(String model, String against) {
        return model + " against " + against;
    }
}
