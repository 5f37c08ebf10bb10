package dev.attune.feedback.evaluation;

import java.util.List;

/**
 * What an evaluation asks of a model.
 *
 * @param measures with distinct names, at least one
 */
public record Suite(String name, List<Measure> measures) {
    public Suite {
        measures = List.copyOf(measures);
    }
}
