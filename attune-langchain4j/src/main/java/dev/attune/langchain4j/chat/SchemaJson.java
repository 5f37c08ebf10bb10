package dev.attune.langchain4j.chat;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * LangChain4j's descriptions of JSON as JSON schemas. Members keep their order. An object with members that does not say whether
 * it may have others is closed: what is valid then is valid anyway, and models invent no members.
 */
final class SchemaJson {
    private SchemaJson() {}

    /** @throws UnsupportedFeatureException if the kind of description is unknown */
    static JsonNode of(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            return raw(raw.schema());
        }
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        fill(schema, element);
        if (element.description() != null) {
            schema.put("description", element.description());
        }
        return schema;
    }

    private static JsonNode raw(String schema) {
        try {
            return JsonMapper.shared().readTree(schema);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the raw schema is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void fill(ObjectNode schema, JsonSchemaElement element) {
        if (element instanceof JsonObjectSchema object) {
            fillObject(schema, object);
        } else if (element instanceof JsonArraySchema array) {
            schema.put("type", "array");
            if (array.items() != null) {
                schema.set("items", of(array.items()));
            }
        } else if (element instanceof JsonEnumSchema choice) {
            schema.put("type", "string");
            choice.enumValues().forEach(schema.putArray("enum")::add);
        } else if (element instanceof JsonAnyOfSchema any) {
            any.anyOf().forEach(kind -> schema.withArray("anyOf").add(of(kind)));
        } else if (element instanceof JsonReferenceSchema reference) {
            schema.put("$ref", "#/$defs/" + reference.reference());
        } else {
            schema.put("type", type(element));
        }
    }

    private static void fillObject(ObjectNode schema, JsonObjectSchema object) {
        schema.put("type", "object");
        members(schema.putObject("properties"), object.properties());
        if (object.required() != null && !object.required().isEmpty()) {
            object.required().forEach(schema.putArray("required")::add);
        }
        boolean closed =
                object.additionalProperties() == null && !object.properties().isEmpty();
        if (closed || object.additionalProperties() != null) {
            schema.put("additionalProperties", !closed && object.additionalProperties());
        }
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            members(schema.putObject("$defs"), object.definitions());
        }
    }

    private static void members(ObjectNode target, Map<String, JsonSchemaElement> elements) {
        elements.forEach((name, element) -> target.set(name, of(element)));
    }

    private static String type(JsonSchemaElement element) {
        if (element instanceof JsonStringSchema) {
            return "string";
        }
        if (element instanceof JsonIntegerSchema) {
            return "integer";
        }
        if (element instanceof JsonNumberSchema) {
            return "number";
        }
        if (element instanceof JsonBooleanSchema) {
            return "boolean";
        }
        if (element instanceof JsonNullSchema) {
            return "null";
        }
        throw new UnsupportedFeatureException(
                "schema elements of the class " + element.getClass().getName() + " are not supported");
    }
}
