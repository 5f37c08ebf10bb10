package dev.attune.core.data;

import dev.attune.core.data.raw.PythonLiteral;
import dev.attune.core.json.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses cells whose text is a list or an object, as JSON or as Python prints it, in the columns that hold such values.
 */
final class Cells {
    /** Columns that hold a list or an object. */
    private static final Set<String> LISTS =
            Set.of("messages", "conversations", "conversation", "completions", "order", "unranked", "origin");
    /** Columns of other tools that hold a list, an object or plain text. */
    private static final Set<String> STRUCTURED = Set.of(
            "fields",
            "responses",
            "suggestions",
            "data",
            "annotations",
            "answers",
            "conversation_a",
            "conversation_b",
            "summaries",
            "info",
            "generations",
            "generation_models",
            "ratings",
            "rating",
            "models",
            "history",
            "chat_history",
            "preferred_output",
            "non_preferred_output",
            "steps",
            "labels");

    /** Columns that hold a text, a message or a list of messages. */
    private static final Set<String> TEXT_OR_MESSAGES = Stream.of(
                    Fields.PROMPT, Fields.COMPLETION, Fields.CHOSEN, Fields.REJECTED, List.of("context"))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern MESSAGES =
            Pattern.compile("\\s*\\[?\\s*\\{\\s*(['\"])(role|content|from|value|messages)\\1\\s*:.*", Pattern.DOTALL);

    private Cells() {}

    /** Parses such cells of an object in place; returns the object. */
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
        boolean list = LISTS.contains(column) || column.contains(".responses");
        if (list && text.isBlank()) {
            return Json.strict().getNodeFactory().nullNode();
        }
        if (list || STRUCTURED.contains(column)) {
            return container(cell);
        }
        if (!TEXT_OR_MESSAGES.contains(column) || !looksLikeMessages(text)) {
            return cell;
        }
        JsonNode tree = container(cell);
        return Turns.areTurns(tree) || Turns.isTurn(tree) || tree.has("messages") ? tree : cell;
    }

    /** Whether a text begins like a message or a list of messages. One that does and was not parsed is malformed. */
    static boolean looksLikeMessages(String text) {
        return MESSAGES.matcher(text).matches();
    }

    /** The list or object that a text holds; the text itself if it holds none. */
    static JsonNode container(JsonNode cell) {
        String text = cell.stringValue();
        String start = text.stripLeading();
        if (!start.startsWith("[") && !start.startsWith("{")) {
            return cell;
        }
        try {
            return Json.dataTree(text);
        } catch (JacksonException e) {
            return PythonLiteral.parse(text).filter(JsonNode::isContainer).orElse(cell);
        }
    }
}
