package dev.attune.serve.request;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer has to look like.
 *
 * @param json whether it is JSON
 * @param schema of the JSON; null: any object
 */
public record ResponseFormat(boolean json, @Nullable JsonNode schema) {
    public static final String NAME = "response_format";
    static final ResponseFormat TEXT = new ResponseFormat(false, null);

    static ResponseFormat read(Fields request) {
        Fields format = request.object(NAME);
        if (format == null) {
            return TEXT;
        }
        Fields named = format.named(NAME);
        return switch (named.requiredText("type")) {
            case "text" -> TEXT;
            case "json_object" -> new ResponseFormat(true, null);
            case "json_schema" -> new ResponseFormat(true, schema(named));
            default -> throw named.wrong("type", "text, json_object or json_schema");
        };
    }

    private static JsonNode schema(Fields format) {
        Fields inner = format.object("json_schema");
        if (inner == null) {
            throw format.wrong("json_schema", "an object with name and schema");
        }
        inner.requiredText("name");
        inner.flag("strict", false);
        inner.text("description");
        JsonNode schema = inner.required("schema", "a JSON schema");
        if (!schema.isObject() && !schema.isBoolean()) {
            throw ApiException.invalid(NAME, "response_format.json_schema.schema: expected a JSON schema");
        }
        return schema;
    }
}
