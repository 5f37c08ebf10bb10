package dev.attune.training.run;

import java.util.List;
import java.util.Map;

/**
 * What a model did on what is held out.
 *
 * @param metrics name to value; empty where nothing is held out
 * @param samples what it wrote, where the method has it write
 */
public record Evaluation(Map<String, Double> metrics, List<Sample> samples) {
    public static final Evaluation NONE = new Evaluation(Map.of(), List.of());

    /** One completion; a line of {@code samples.jsonl}. */
    public record Sample(dev.attune.core.text.Prompt prompt, String completion, double score, String stop) {}

    public static Evaluation of(Map<String, Double> metrics) {
        return new Evaluation(metrics, List.of());
    }
}
