package dev.attune.training.onpolicy;

import java.util.Map;

/** The learning rates of one step: of the policy, and of the parameters that only the critic uses. */
record LearningRates(double policy, double critic) {
    /** Under the names of metrics.jsonl. */
    void putInto(Map<String, Double> metrics, boolean hasCritic) {
        metrics.put("lr", policy);
        if (hasCritic) {
            metrics.put("critic/lr", critic);
        }
    }
}
