package dev.attune.langchain4j.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages as the protocol has them. */
final class MessageJson {
    private static final String CONTENT = "content";
    private static final String NAME = "name";

    private MessageJson() {}

    /** @throws UnsupportedFeatureException if a message has a kind or contents that models of text cannot read */
    static ObjectNode of(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return role("system").put(CONTENT, system.text());
        }
        if (message instanceof UserMessage user) {
            return user(user);
        }
        if (message instanceof AiMessage ai) {
            return assistant(ai);
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result(result);
        }
        throw new UnsupportedFeatureException("messages of the type " + message.type() + " are not supported");
    }

    private static ObjectNode role(String role) {
        return JsonMapper.shared().createObjectNode().put("role", role);
    }

    private static ObjectNode user(UserMessage user) {
        ObjectNode message = role("user");
        if (user.name() != null) {
            message.put(NAME, user.name());
        }
        return withContents(message, user.contents());
    }

    private static ObjectNode assistant(AiMessage ai) {
        if (ai.images() != null && !ai.images().isEmpty()) {
            throw unsupported("image");
        }
        ObjectNode message = role("assistant").put(CONTENT, ai.text());
        if (ai.text() == null && !ai.hasToolExecutionRequests()) {
            message.put(CONTENT, "");
        }
        if (ai.thinking() != null) {
            message.put("reasoning_content", ai.thinking());
        }
        for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
            ObjectNode json = message.withArray("tool_calls").addObject();
            if (call.id() != null) {
                json.put("id", call.id());
            }
            json.put("type", "function")
                    .putObject("function")
                    .put(NAME, call.name())
                    .put("arguments", call.arguments() == null ? "{}" : call.arguments());
        }
        return message;
    }

    private static ObjectNode result(ToolExecutionResultMessage result) {
        ObjectNode message = role("tool");
        if (result.id() != null) {
            message.put("tool_call_id", result.id());
        }
        if (result.toolName() != null) {
            message.put(NAME, result.toolName());
        }
        return withContents(message, result.contents());
    }

    private static ObjectNode withContents(ObjectNode message, List<Content> contents) {
        if (contents.size() == 1) {
            return message.put(CONTENT, text(contents.get(0)));
        }
        ArrayNode parts = message.putArray(CONTENT);
        contents.forEach(content -> parts.addObject().put("type", "text").put("text", text(content)));
        return message;
    }

    private static String text(Content content) {
        if (content instanceof TextContent text) {
            return text.text();
        }
        throw unsupported(content.type().name().toLowerCase(Locale.ROOT));
    }

    private static UnsupportedFeatureException unsupported(String kind) {
        return new UnsupportedFeatureException(kind + " content is not supported: the models read text alone");
    }
}
