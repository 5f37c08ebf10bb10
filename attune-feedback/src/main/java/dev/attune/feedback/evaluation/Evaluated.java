package dev.attune.feedback.evaluation;

import java.util.List;

/**
 * What a model reached in a suite.
 *
 * @param model its name
 * @param measured of each measure, in the suite's order
 */
public record Evaluated(String model, List<Measured> measured) {
    public Evaluated {
        measured = List.copyOf(measured);
    }

    /** What it reached in a measure. */
    public Measured in(String measure) {
        return measured.stream()
                .filter(one -> one.name().equals(measure))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no measure " + measure));
    }
}
