package dev.attune.core.data;

import tools.jackson.databind.JsonNode;

/** What a column of a table holds, as far as rows of datasets go. */
enum ColumnType {
    NOTHING("VARCHAR"),
    NUMBER("DOUBLE"),
    BOOLEAN("BOOLEAN"),
    TEXT("VARCHAR"),
    MESSAGES("STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]"),
    SHAREGPT("STRUCT(\"from\" VARCHAR, \"value\" VARCHAR)[]"),
    INDICES("BIGINT[]"),
    GROUPS("BIGINT[][]"),
    COMPLETIONS("STRUCT(\"text\" VARCHAR, \"model\" VARCHAR)[]"),
    /** Anything else, as JSON in a text. */
    JSON("JSON");

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
        JsonNode first = value.isArray() ? value.get(0) : value;
        if (first.has("role")) {
            return MESSAGES;
        }
        if (first.has("from")) {
            return SHAREGPT;
        }
        if (first.isNumber()) {
            return INDICES;
        }
        if (first.isArray()) {
            return GROUPS;
        }
        return value.isArray() && first.has("text") ? COMPLETIONS : JSON;
    }

    /** The type that holds both. */
    ColumnType and(ColumnType other) {
        if (this == other || other == NOTHING) {
            return this;
        }
        return this == NOTHING ? other : JSON;
    }
}
