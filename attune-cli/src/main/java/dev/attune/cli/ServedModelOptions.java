package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.endpoint.EndpointSettings;
import dev.attune.feedback.endpoint.ModelAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a model behind OpenAI's protocol, in place of one in a directory. */
final class ServedModelOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Server with OpenAI's protocol, on which MODEL is a name.")
    private @Nullable String endpoint;

    @Option(
            names = "--key",
            paramLabel = "VARIABLE",
            description = "Environment variable with the server's API key, such as OPENAI_API_KEY.")
    private @Nullable String key;

    /** Where the model is. */
    ModelAddress address(String model) {
        if (endpoint == null) {
            requireAbsent("a model in a directory");
            return new ModelAddress.Local(model);
        }
        return new ModelAddress.Served(EndpointSettings.of(endpoint, model, key));
    }

    /** Refuses the options where they have no meaning. */
    void requireAbsent(String with) {
        String given = endpoint != null ? "--endpoint" : key != null ? "--key" : "";
        if (!given.isEmpty()) {
            throw BadInputException.at(given, "an option for a server", with + " without it", "leave it out");
        }
    }
}
