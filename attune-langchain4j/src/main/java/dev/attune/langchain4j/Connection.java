package dev.attune.langchain4j;

import dev.attune.langchain4j.chat.RequestJson;
import dev.attune.langchain4j.http.ApiClient;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server as a model uses it.
 *
 * @param modelName of requests that name none
 * @param constrains whether answers of a model can be held to a schema; true if only the server knows
 * @param owned closed with the model; null if the server is the caller's
 */
record Connection(
        ApiClient client,
        String modelName,
        Predicate<String> constrains,
        @Nullable AutoCloseable owned) implements AutoCloseable {
    /** @throws UnsupportedFeatureException if the model cannot do what the request asks for */
    void check(ChatRequestParameters parameters) {
        String model = parameters.modelName();
        if (RequestJson.isConstrained(parameters) && !constrains.test(model)) {
            throw new UnsupportedFeatureException(RequestJson.constraint(parameters)
                    + " is not supported: answers of the model '" + model + "' cannot be constrained");
        }
    }

    @Override
    public void close() {
        if (owned == null) {
            return;
        }
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server of the model cannot be closed", e);
        }
    }
}
