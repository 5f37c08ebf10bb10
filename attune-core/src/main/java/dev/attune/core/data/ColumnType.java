package dev.attune.core.data;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The type of a Parquet column that holds values of dataset rows. */
enum ColumnType {
    NOTHING("VARCHAR"),
    NUMBER("DOUBLE"),
    BOOLEAN("BOOLEAN"),
    TEXT("VARCHAR"),
    MESSAGES("STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]"),
    SHAREGPT("STRUCT(\"from\" VARCHAR, \"value\" VARCHAR)[]"),
    TEXTS("VARCHAR[]"),
    BOOLEANS("BOOLEAN[]"),
    INDICES("BIGINT[]"),
    GROUPS("BIGINT[][]"),
    COMPLETIONS("STRUCT(\"text\" VARCHAR, \"model\" VARCHAR)[]"),
    /** Completions, some of them with sampling settings. */
    SAMPLED("STRUCT(\"text\" VARCHAR, \"model\" VARCHAR, \"sampling\" JSON)[]"),
    /** Anything else, as JSON in a text. */
    JSON("JSON");

    private static final Set<ColumnType> COMPLETION_LISTS = EnumSet.of(COMPLETIONS, SAMPLED);

    private final String parquet;

    ColumnType(String parquet) {
        this.parquet = parquet;
    }

    /** The type's name in SQL. */
    String parquet() {
        return parquet;
    }

    static ColumnType of(JsonNode value) {
        if (value.isNull() || (value.isArray() && value.isEmpty())) {
            return NOTHING;
        }
        if (value.isString()) {
            return TEXT;
        }
        if (value.isNumber()) {
            return NUMBER;
        }
        if (value.isBoolean()) {
            return BOOLEAN;
        }
        return value.isArray() ? list(value) : JSON;
    }

    private static ColumnType list(JsonNode list) {
        JsonNode first = list.get(0);
        if (list.valueStream().allMatch(JsonNode::isString)) {
            return TEXTS;
        }
        if (list.valueStream().allMatch(item -> item.isBoolean() || item.isNull())) {
            return BOOLEANS;
        }
        if (first.isNumber()) {
            return INDICES;
        }
        if (first.isArray()) {
            return GROUPS;
        }
        if (first.has("text")) {
            return list.valueStream().anyMatch(completion -> completion.has("sampling")) ? SAMPLED : COMPLETIONS;
        }
        if (allHave(list, Set.of("role", "content"))) {
            return MESSAGES;
        }
        return allHave(list, Set.of("from", "value")) ? SHAREGPT : JSON;
    }

    /** Whether each element has these keys and no others; a struct would lose other keys. */
    private static boolean allHave(JsonNode list, Set<String> keys) {
        return list.valueStream()
                .allMatch(object ->
                        object.isObject() && Set.copyOf(object.propertyNames()).equals(keys));
    }

    /** The type that holds both. */
    ColumnType and(ColumnType other) {
        if (this == other || other == NOTHING) {
            return this;
        }
        if (this == NOTHING) {
            return other;
        }
        return COMPLETION_LISTS.contains(this) && COMPLETION_LISTS.contains(other) ? SAMPLED : JSON;
    }
}
