package dev.attune.feedback.evaluation;

import dev.attune.core.error.BadInputException;
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

    /** The measures that compare models with each other. */
    public List<WinsMeasure> wins() {
        return measures.stream()
                .filter(WinsMeasure.class::isInstance)
                .map(WinsMeasure.class::cast)
                .toList();
    }

    /** Whether a judge decides on harm in one of the measures. */
    public boolean judgesHarm() {
        return measures.stream()
                .anyMatch(measure -> measure instanceof RequestsMeasure requests && requests.judge() != null);
    }

    /**
     * Checks that there is something to compare with.
     *
     * @param models that are evaluated
     * @throws BadInputException if a measure compares models and there is only one
     */
    public void requireModels(int models) {
        if (models > 1 || wins().isEmpty()) {
            return;
        }
        WinsMeasure first = wins().get(0);
        throw BadInputException.at(
                first.place(),
                "the measure '" + first.name() + "' of kind wins, and no model to compare with",
                "--against MODEL",
                "add it, or remove the measure");
    }
}
