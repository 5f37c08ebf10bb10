package dev.attune.feedback.evaluation;

import java.util.List;

/** The outcome of a measure that needs probabilities of given texts, for a model that tells none. */
final class NoProbabilities {
    private NoProbabilities() {}

    static Measured measured(Measure measure) {
        return new Measured(
                measure.name(),
                measure.kind(),
                List.of(),
                List.of(),
                List.of("not measured: the model's server tells no probabilities of given texts"));
    }
}
