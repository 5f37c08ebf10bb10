package dev.attune.feedback.sampling;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sampling settings that are stored with a completion: enough to sample it again.
 *
 * @param endpoint the id of the registered model; null if the completion itself names the model
 * @param seed the seed for the prompt
 * @param row index among the completions that were sampled together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SamplingSettings(@Nullable String endpoint, double temperature, int maxNewTokens, long seed, int row) {
    private static final double MAX_TEMPERATURE = 10;
    private static final int MAX_TOKENS = 4096;

    /** @throws BadInputException if a setting is out of range */
    public static SamplingOptions options(double temperature, int maxNewTokens) {
        if (!(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
            throw invalid("temperature", Double.toString(temperature), "0 to " + MAX_TEMPERATURE);
        }
        if (maxNewTokens < 1 || maxNewTokens > MAX_TOKENS) {
            throw invalid("max new tokens", Integer.toString(maxNewTokens), "1 to " + MAX_TOKENS);
        }
        return SamplingOptions.sampling(maxNewTokens, temperature);
    }

    private static BadInputException invalid(String what, String found, String expected) {
        return BadInputException.at(what, found, expected, "go back and change it");
    }

    public static SamplingSettings of(Endpoint endpoint, SamplingOptions options, long seed, int row) {
        return new SamplingSettings(endpoint.id(), options.temperature(), options.maxNewTokens(), seed, row);
    }

    /** The settings of a model that the completion itself names. */
    public static SamplingSettings of(SamplingOptions options, long seed, int row) {
        return new SamplingSettings(null, options.temperature(), options.maxNewTokens(), seed, row);
    }

    /** The settings by their names in completions. */
    public Map<String, @Nullable Object> settings() {
        return Json.map(this);
    }
}
