package dev.attune.serve.route;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.model.UnsupportedSchemaException;
import dev.attune.serve.request.ChatRequest;
import dev.attune.serve.request.ResponseFormat;
import dev.attune.serve.tool.CallSchema;
import dev.attune.serve.tool.Tool;
import dev.attune.serve.tool.ToolSupport;
import dev.attune.serve.tool.Tools;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what constrains the answer of a chat. */
final class ChatConstraint {
    private static final String TOOLS = "tools";

    private ChatConstraint() {}

    /** @return null: nothing */
    static @Nullable Supplier<TokenConstraint> of(
            ModelEntry entry, ChatRequest request, ToolSupport support, ThinkingTokens thinking) {
        Supplier<TokenConstraint> whole = whole(entry, request);
        Supplier<TokenConstraint> call =
                request.tools().mode() == Tools.Mode.AUTO ? call(entry, request.tools()) : null;
        if (whole == null) {
            return call == null ? null : support.free(call, request.tools().parallel());
        }
        return thinking.before(
                call == null ? whole : support.callOr(whole, call),
                entry.model().vocabularySize(),
                entry.texts().endTokens());
    }

    private static @Nullable Supplier<TokenConstraint> whole(ModelEntry entry, ChatRequest request) {
        if (request.tools().mode() == Tools.Mode.FORCED) {
            return schema(entry, CallSchema.of(request.tools()), TOOLS);
        }
        ResponseFormat format = request.format();
        if (!format.json()) {
            return null;
        }
        JsonNode schema = format.schema();
        return schema == null
                ? entry.constraints(ResponseFormat.NAME).anyObject()
                : schema(entry, schema, ResponseFormat.NAME);
    }

    /** Functions whose schema is not supported are called without constraint, unless they are strict. */
    private static @Nullable Supplier<TokenConstraint> call(ModelEntry entry, Tools tools) {
        boolean strict = tools.callable().stream().anyMatch(Tool::strict);
        if (entry.model().constraints() == null && !strict) {
            return null;
        }
        try {
            return schema(entry, CallSchema.one(tools), TOOLS);
        } catch (ApiException e) {
            if (strict) {
                throw e;
            }
            return null;
        }
    }

    private static Supplier<TokenConstraint> schema(ModelEntry entry, JsonNode schema, String param) {
        try {
            return entry.constraints(param).schema(schema);
        } catch (UnsupportedSchemaException e) {
            throw ApiException.invalid(param, param + ": " + e.getMessage());
        }
    }
}
