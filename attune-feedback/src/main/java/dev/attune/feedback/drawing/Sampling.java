package dev.attune.feedback.drawing;

import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;

/**
 * How a completion was drawn, as it is kept beside it: enough to draw it again.
 *
 * @param endpoint the id of the registered model
 * @param seed that was given with the prompt
 * @param row which of the completions it was that were drawn together
 */
public record Sampling(String endpoint, double temperature, int maxNewTokens, long seed, int row) {
    public static Sampling of(Endpoint endpoint, SamplingOptions options, long seed, int row) {
        return new Sampling(endpoint.id(), options.temperature(), options.maxNewTokens(), seed, row);
    }

    public String json() {
        return Json.line(this);
    }
}
