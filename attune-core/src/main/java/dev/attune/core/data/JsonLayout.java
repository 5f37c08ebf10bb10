package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the first object of a JSON file holds: a row, all rows under one key, or columns, as pandas writes tables by
 * default.
 *
 * @param values what is under each key
 */
record JsonLayout(Map<String, Value> values) {
    private static final Set<String> ROWS =
            Set.of("data", "rows", "train", "test", "examples", "items", "records", "instances", "samples", "dataset");
    private static final Set<String> TEXTS = Stream.of(Fields.PROMPT, Fields.COMPLETION, Fields.CHOSEN, Fields.REJECTED)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * A value.
     *
     * @param first the token that begins it
     * @param inside the first token inside it, or {@code first} if it is not a container
     * @param key the first key inside an object, or empty
     */
    private record Value(JsonToken first, JsonToken inside, String key) {
        boolean isListOf(JsonToken token) {
            return first == JsonToken.START_ARRAY && inside == token;
        }
    }

    /** Reads the first object; there are no values if the file begins otherwise. */
    static JsonLayout of(JsonParser parser) {
        Map<String, Value> values = new LinkedHashMap<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new JsonLayout(values);
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken first = parser.nextToken();
            if (ROWS.contains(name) && first == JsonToken.START_ARRAY) {
                values.put(name, new Value(first, parser.nextToken(), ""));
                return new JsonLayout(values);
            }
            values.put(name, value(parser, first));
        }
        return new JsonLayout(values);
    }

    private static Value value(JsonParser parser, JsonToken first) {
        if (!first.isStructStart()) {
            return new Value(first, first, "");
        }
        JsonToken inside = parser.nextToken();
        String key = inside == JsonToken.PROPERTY_NAME ? parser.currentName() : "";
        for (int depth = 1; ; parser.nextToken()) {
            JsonToken token = parser.currentToken();
            if (token == null) {
                break;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        return new Value(first, inside, key);
    }

    /** The key that holds the rows; empty if there is none. */
    String rowsKey() {
        return values.entrySet().stream()
                .filter(value ->
                        ROWS.contains(value.getKey()) && value.getValue().isListOf(JsonToken.START_OBJECT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** @throws BadInputException if the object holds columns, as pandas' to_json writes them by default */
    void requireRows(String file) {
        String orient = orient();
        if (!orient.isEmpty()) {
            throw BadInputException.at(
                    file,
                    "columns instead of rows, as pandas writes them (" + orient + ")",
                    "one object for each row",
                    "write it with to_json(..., orient='records', lines=True)");
        }
    }

    private String orient() {
        if (values.isEmpty()) {
            return "";
        }
        if (values.containsKey("columns")
                && values.containsKey("data")
                && values.get("data").isListOf(JsonToken.START_ARRAY)) {
            return "orient='split'";
        }
        if (values.values().stream().allMatch(value -> value.key().equals("0"))) {
            return "orient='columns'";
        }
        if (values.entrySet().stream()
                .allMatch(value -> value.getKey().matches("\\d+")
                        && !value.getValue().key().isEmpty())) {
            return "orient='index'";
        }
        boolean lists = values.values().stream().allMatch(value -> value.first() == JsonToken.START_ARRAY);
        boolean texts = values.entrySet().stream()
                .anyMatch(value ->
                        TEXTS.contains(value.getKey()) && value.getValue().isListOf(JsonToken.VALUE_STRING));
        return lists && texts ? "a dict of lists" : "";
    }
}
