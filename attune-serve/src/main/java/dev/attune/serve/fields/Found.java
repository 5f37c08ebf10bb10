package dev.attune.serve.fields;

import tools.jackson.databind.JsonNode;

/** Names a JSON value in a message: short ones as they are, others by their type. */
public final class Found {
    private static final int SHOWN = 40;

    private Found() {}

    public static String of(JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty() ? "an empty object" : "an object";
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty array" : "an array";
        }
        String text = value.toString();
        return text.length() <= SHOWN
                ? text
                : value.isString() ? "a string" : "a number of " + text.length() + " digits";
    }
}
