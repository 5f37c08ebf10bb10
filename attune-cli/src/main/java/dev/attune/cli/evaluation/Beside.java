package dev.attune.cli.evaluation;

import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.EvaluationSummary;
import java.util.List;

/**
 * A baseline beside the evaluated model.
 *
 * @param differences of the model minus the baseline
 */
public record Beside(Evaluated evaluated, List<Difference> differences) {
    public Beside {
        differences = List.copyOf(differences);
    }

    /** Everything but the items, for evaluation.json. */
    EvaluationSummary.Baseline figures() {
        return EvaluationSummary.Baseline.of(evaluated, differences);
    }

    /** Each baseline, in order. */
    static List<Beside> all(Evaluated model, List<Evaluated> baselines) {
        return baselines.stream()
                .map(one -> new Beside(one, Difference.of(model.measured(), one.measured())))
                .toList();
    }
}
