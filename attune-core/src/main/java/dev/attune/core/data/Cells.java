package dev.attune.core.data;

import dev.attune.core.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of tables: a text that holds JSON, in a column where a list is meant, becomes that list. */
final class Cells {
    private static final Set<String> LISTS =
            Set.of("messages", "conversations", "conversation", "completions", "order", "unranked", "origin");
    /** Columns of other tools that hold lists or objects. */
    private static final Set<String> FOREIGN = Set.of("fields", "responses", "suggestions", "data", "annotations");

    private static final Set<String> TEXT_OR_MESSAGES = Set.of("prompt", "completion", "chosen", "rejected");

    private Cells() {}

    /** The object with such cells opened; the object itself is changed. */
    static ObjectNode opened(ObjectNode object) {
        for (String column : List.copyOf(object.propertyNames())) {
            JsonNode value = object.get(column);
            if (value.isString()) {
                object.set(column, opened(column, value));
            }
        }
        return object;
    }

    private static JsonNode opened(String column, JsonNode cell) {
        String text = cell.stringValue();
        boolean list = LISTS.contains(column) || FOREIGN.contains(column) || column.contains(".responses");
        if (list && text.isBlank()) {
            return Json.strict().getNodeFactory().nullNode();
        }
        if (!list && !(TEXT_OR_MESSAGES.contains(column) && text.startsWith("[{"))) {
            return cell;
        }
        JsonNode tree = json(cell);
        return list || Turns.areTurns(tree) ? tree : cell;
    }

    /** The JSON that a text holds; the text itself where it holds none. */
    static JsonNode json(JsonNode cell) {
        try {
            return Json.tree(cell.stringValue());
        } catch (JacksonException e) {
            return cell;
        }
    }
}
