package dev.attune.model.constraint.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One schema in a document: its keywords, and what to say of those that do not fit. */
record Place(String pointer, JsonNode schema) {
    private static final int MAX_COUNT = 1_000_000;

    boolean has(String keyword) {
        return schema.has(keyword);
    }

    JsonNode get(String keyword) {
        return schema.path(keyword);
    }

    /** The pointer of a keyword's value. */
    String at(String keyword) {
        return pointer + "/" + Document.escape(keyword);
    }

    /** The pointer of one of several schemas under a keyword. */
    String at(String keyword, String key) {
        return at(keyword) + "/" + Document.escape(key);
    }

    String at(String keyword, int index) {
        return at(keyword) + "/" + index;
    }

    UnsupportedSchemaException refuse(String keyword, String reason) {
        return refuse(keyword, reason, "remove it, or say the same with other keywords");
    }

    UnsupportedSchemaException refuse(String keyword, String reason, String remedy) {
        return new UnsupportedSchemaException(keyword, at(keyword), reason, remedy);
    }

    UnsupportedSchemaException malformed(String keyword, String expected) {
        String found = get(keyword).toString();
        String shown = found.length() > 60 ? found.substring(0, 60) + "..." : found;
        return refuse(keyword, "has " + shown + ", expected " + expected, "repair the schema");
    }

    /** A number, or null without the keyword. */
    @Nullable
    BigDecimal number(String keyword) {
        if (!has(keyword)) {
            return null;
        }
        if (!get(keyword).isNumber()) {
            throw malformed(keyword, "a number");
        }
        return get(keyword).decimalValue();
    }

    /** A count, or the other value without the keyword. */
    int count(String keyword, int otherwise) {
        BigDecimal value = number(keyword);
        if (value == null) {
            return otherwise;
        }
        if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
            throw malformed(keyword, "a whole number, at least 0");
        }
        return value.min(BigDecimal.valueOf(MAX_COUNT)).intValue();
    }

    /** A count that values must reach, which takes as long to write. */
    int least(String keyword, int limit) {
        int count = count(keyword, 0);
        if (count > limit) {
            throw refuse(keyword, "is more than " + limit, "ask for less");
        }
        return count;
    }

    boolean flag(String keyword) {
        if (has(keyword) && !get(keyword).isBoolean()) {
            throw malformed(keyword, "true or false");
        }
        return get(keyword).asBoolean(false);
    }

    /** An object of schemas or lists, empty without the keyword. */
    JsonNode members(String keyword) {
        if (has(keyword) && !get(keyword).isObject()) {
            throw malformed(keyword, "an object");
        }
        return get(keyword);
    }

    /** A list, empty without the keyword. */
    JsonNode list(String keyword) {
        if (has(keyword) && !get(keyword).isArray()) {
            throw malformed(keyword, "an array");
        }
        return get(keyword);
    }

    /** A list of names. */
    JsonNode names(String keyword) {
        for (JsonNode name : list(keyword)) {
            if (!name.isString()) {
                throw malformed(keyword, "an array of strings");
            }
        }
        return list(keyword);
    }
}
