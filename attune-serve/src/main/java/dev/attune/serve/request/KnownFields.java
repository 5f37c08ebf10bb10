package dev.attune.serve.request;

import dev.attune.core.settings.NearestKey;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.fields.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The top-level fields of a route. A field that would have no effect is refused, unless its value asks for what happens
 * anyway.
 *
 * @param served fields that have an effect
 * @param accepted fields without effect, with the values that are accepted
 */
record KnownFields(Set<String> served, Map<String, Predicate<JsonNode>> accepted) {
    /** Labels for the books of a provider; any value. */
    static final Predicate<JsonNode> ANY = value -> true;
    /** Only false. */
    static final Predicate<JsonNode> FALSE = value -> value.isBoolean() && !value.booleanValue();
    /** No value but null. */
    static final Predicate<JsonNode> NEVER = value -> false;

    static Predicate<JsonNode> text(String... values) {
        return value -> value.isString() && List.of(values).contains(value.stringValue());
    }

    /** @throws ApiException naming the first field that is unknown or not served */
    void check(Fields request) {
        for (String name : request.names()) {
            Predicate<JsonNode> allowed = accepted.get(name);
            if (allowed != null) {
                if (!allowed.test(request.required(name, "a value"))) {
                    throw ApiException.unsupported(
                            name, name + ": this server does not support " + value(request, name) + "; leave it out");
                }
            } else if (!served.contains(name)) {
                List<String> known = new ArrayList<>(served);
                known.addAll(accepted.keySet());
                throw ApiException.invalid(
                        name, name + ": unknown field; the most similar known one is " + NearestKey.to(name, known));
            }
        }
    }

    private static String value(Fields request, String name) {
        JsonNode value = request.required(name, "a value");
        return value.isContainer() ? "it" : "the value " + Found.of(value);
    }
}
