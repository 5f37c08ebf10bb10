package dev.attune.langchain4j;

import dev.attune.langchain4j.chat.RequestJson;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What both chat models have. */
record ChatSetup(
        Connection connection,
        ChatRequestParameters parameters,
        List<ChatModelListener> listeners,
        Set<Capability> capabilities) {
    static final String PATH = "/chat/completions";

    /** The body of a request, whose parameters are complete. */
    ObjectNode body(ChatRequest request, boolean stream) {
        ObjectNode body = RequestJson.of(request, stream);
        connection.check(request.parameters());
        return body;
    }
}
