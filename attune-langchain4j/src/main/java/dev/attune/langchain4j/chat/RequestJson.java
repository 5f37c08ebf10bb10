package dev.attune.langchain4j.chat;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests as the protocol has them. What is null is left out, so that the server's default holds. */
public final class RequestJson {
    /** Of a schema without a name, which the protocol wants. */
    private static final String SCHEMA_NAME = "answer";

    private RequestJson() {}

    /** @throws UnsupportedFeatureException if the request has something that cannot be sent */
    public static ObjectNode of(ChatRequest request, boolean stream) {
        ChatRequestParameters parameters = request.parameters();
        check(parameters);
        ObjectNode json = JsonMapper.shared().createObjectNode().put("model", parameters.modelName());
        ArrayNode messages = json.putArray("messages");
        request.messages().forEach(message -> messages.add(MessageJson.of(message)));
        put(json, "temperature", parameters.temperature());
        put(json, "top_p", parameters.topP());
        put(json, "top_k", parameters.topK());
        put(json, "frequency_penalty", parameters.frequencyPenalty());
        put(json, "presence_penalty", parameters.presencePenalty());
        put(json, "max_tokens", parameters.maxOutputTokens());
        List<String> stops = parameters.stopSequences();
        if (stops != null && !stops.isEmpty()) {
            stops.forEach(json.putArray("stop")::add);
        }
        putTools(json, parameters);
        putFormat(json, parameters.responseFormat());
        if (stream) {
            json.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return json;
    }

    /** Parameters of other providers have further fields, which would be lost. */
    private static void check(ChatRequestParameters parameters) {
        if (parameters.getClass() != DefaultChatRequestParameters.class) {
            throw new UnsupportedFeatureException("parameters of the class "
                    + parameters.getClass().getName()
                    + " are not supported; use those of ChatRequestParameters.builder()");
        }
    }

    /** Whether an answer has to obey a schema, which not every model can. */
    public static boolean isConstrained(ChatRequestParameters parameters) {
        return isJson(parameters.responseFormat()) || parameters.toolChoice() == ToolChoice.REQUIRED;
    }

    /** The name of the feature that {@link #isConstrained} found. */
    public static String constraint(ChatRequestParameters parameters) {
        return isJson(parameters.responseFormat()) ? "JSON response format" : "ToolChoice.REQUIRED";
    }

    private static boolean isJson(@Nullable ResponseFormat format) {
        return format != null && format.type() == ResponseFormatType.JSON;
    }

    private static void put(ObjectNode json, String name, @Nullable Double value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Integer value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putTools(ObjectNode json, ChatRequestParameters parameters) {
        if (parameters.toolSpecifications() != null) {
            parameters.toolSpecifications().forEach(tool -> json.withArray("tools")
                    .add(ToolJson.of(tool)));
        }
        ToolChoice choice = parameters.toolChoice();
        if (choice != null) {
            json.put("tool_choice", choice.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void putFormat(ObjectNode json, @Nullable ResponseFormat format) {
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return;
        }
        JsonSchema schema = format.jsonSchema();
        ObjectNode target = json.putObject("response_format");
        if (schema == null) {
            target.put("type", "json_object");
            return;
        }
        target.put("type", "json_schema")
                .putObject("json_schema")
                .put("name", schema.name() == null ? SCHEMA_NAME : schema.name())
                .put("strict", true)
                .set("schema", SchemaJson.of(schema.rootElement()));
    }
}
