package dev.attune.langchain4j.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.LangChain4jException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts the fragments of calls together. A call ends where the next one begins, or with the stream. */
final class StreamedCalls {
    private final List<ToolExecutionRequest> calls;
    private final Listener listener;
    private @Nullable Call open;

    /** One call, so far. */
    private static final class Call {
        final @Nullable Integer sent;
        final @Nullable String id;
        final String name;
        final StringBuilder told = new StringBuilder();
        /** White space that waits for what follows: no part is blank. */
        final StringBuilder held = new StringBuilder();

        Call(@Nullable Integer sent, @Nullable String id, String name) {
            this.sent = sent;
            this.id = id;
            this.name = name;
        }
    }

    /** @param calls where ended calls are added */
    StreamedCalls(List<ToolExecutionRequest> calls, Listener listener) {
        this.calls = calls;
        this.listener = listener;
    }

    void add(JsonNode fragment) {
        Integer sent = AnswerParts.integer(fragment, "index");
        String id = AnswerParts.string(fragment, "id");
        Call call = open;
        if (call == null || isOther(call, sent, id)) {
            end();
            call = new Call(sent, id, name(fragment));
            open = call;
        }
        call.held.append(Objects.requireNonNullElse(AnswerParts.string(fragment.path("function"), "arguments"), ""));
        if (!call.held.toString().isBlank()) {
            tell(call);
        }
    }

    /** Some servers number all calls 0, or not at all; their ids differ. */
    private static boolean isOther(Call call, @Nullable Integer sent, @Nullable String id) {
        boolean index = sent != null && !sent.equals(call.sent);
        return index || (id != null && !id.isEmpty() && !id.equals(call.id));
    }

    private static String name(JsonNode fragment) {
        String name = AnswerParts.string(fragment.path("function"), "name");
        if (name == null || name.isBlank()) {
            throw new LangChain4jException("the first fragment of a call in the stream has no name");
        }
        return name;
    }

    private void tell(Call call) {
        String part = call.held.toString();
        call.held.setLength(0);
        call.told.append(part);
        listener.partialCall(calls.size(), call.id, call.name, part);
    }

    /** Ends the call that is open, if one is. */
    void end() {
        Call call = open;
        if (call == null) {
            return;
        }
        if (call.told.isEmpty()) {
            call.held.setLength(0);
            call.held.append("{}");
            tell(call);
        }
        ToolExecutionRequest request = AnswerParts.call(call.id, call.name, call.told.toString());
        listener.completeCall(calls.size(), request);
        calls.add(request);
        open = null;
    }
}
