package dev.attune.feedback.evaluation;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Prompt;
import java.util.List;

/**
 * How answers are sampled.
 *
 * @param maxTokens of an answer
 * @param temperature 0: the most probable token each time
 * @param samples answers to each prompt
 */
public record Asking(int maxTokens, double temperature, int samples) {
    SamplingOptions options() {
        return temperature == 0 ? SamplingOptions.greedy(maxTokens) : SamplingOptions.sampling(maxTokens, temperature);
    }

    /** The answers of one sample. */
    List<TextCompletion> ask(Subject model, String part, List<Prompt> prompts, int sample) {
        return model.answers(part, prompts, options(), sample);
    }
}
