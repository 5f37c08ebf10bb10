package dev.attune.core.data.thirdparty;

import dev.attune.core.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A prompt and its answer. Each may be a list of turns, or a text that holds such a list as JSON.
 *
 * @param prompt a text, or the messages before the last answer
 * @param answer the last answer
 */
record ArenaTurns(JsonNode prompt, JsonNode answer) {
    static ArenaTurns of(JsonNode prompts, JsonNode responses, String key) {
        JsonNode asked = list(prompts);
        JsonNode answers = list(responses);
        if (!answers.isArray()) {
            return new ArenaTurns(asked, answers);
        }
        int turns = answers.size();
        if (turns == 0
                || !asked.isArray()
                || asked.size() != turns
                || answers.get(turns - 1).isNull()) {
            throw Values.invalid(key, responses, "one answer for each turn of the prompt");
        }
        if (turns == 1) {
            return new ArenaTurns(asked.get(0), answers.get(0));
        }
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < turns; i++) {
            messages.addObject().put("role", "user").set("content", asked.get(i));
            if (i < turns - 1) {
                messages.addObject().put("role", "assistant").set("content", answers.get(i));
            }
        }
        return new ArenaTurns(messages, answers.get(turns - 1));
    }

    private static JsonNode list(JsonNode value) {
        boolean maybe = value.isString() && value.stringValue().stripLeading().startsWith("[\"");
        if (!maybe) {
            return value;
        }
        try {
            JsonNode tree = Json.dataTree(value.stringValue());
            boolean texts = tree.isArray() && tree.valueStream().allMatch(turn -> turn.isString() || turn.isNull());
            return texts ? tree : value;
        } catch (JacksonException e) {
            return value;
        }
    }

    /** The first elements of a list. */
    static ArrayNode slice(JsonNode list, int end) {
        return slice(list, 0, end);
    }

    /** A part of a list. */
    static ArrayNode slice(JsonNode list, int start, int end) {
        ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (int i = start; i < end; i++) {
            part.add(list.get(i));
        }
        return part;
    }
}
