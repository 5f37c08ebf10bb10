package dev.attune.training.run;

import dev.attune.core.rollout.Rollout;
import java.util.List;
import java.util.Map;

/**
 * The result of one step.
 *
 * @param metrics name to value, in the order in which they are written
 * @param rollouts token by token, if the method has any
 * @param warnings warnings to the user, one sentence each
 */
public record StepReport(Map<String, Double> metrics, List<Rollout> rollouts, List<String> warnings) {
    public static StepReport of(Map<String, Double> metrics) {
        return new StepReport(metrics, List.of(), List.of());
    }

    /** The metric with this name, or NaN if the step has none. */
    public double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
