package dev.attune.serve.answer;

import dev.attune.model.serving.SampledToken;
import dev.attune.serve.generation.Delta;
import dev.attune.serve.generation.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One answer of a chat, from its deltas to the deltas of its message. */
final class ChatChoice implements AnswerParts {
    private final AnswerReader reader;
    private final List<ObjectNode> pending = new ArrayList<>();
    private int calls;
    private int tokens;
    private @Nullable String finish;

    ChatChoice(ChatForm form) {
        this.reader = Readers.of(form, this);
    }

    /** The deltas of the message that follow from a delta of the text; adjacent ones of a kind are one. */
    List<ObjectNode> add(Delta delta) {
        tokens += delta.tokens().size();
        reader.add(delta.text());
        Ending ending = delta.ending();
        if (ending != null) {
            reader.end(ending == Ending.LENGTH);
            finish = ending == Ending.LENGTH ? "length" : calls > 0 ? "tool_calls" : "stop";
        }
        List<ObjectNode> deltas = List.copyOf(pending);
        pending.clear();
        return deltas;
    }

    /** Why the answer ended; null while it goes on. */
    @Nullable
    String finish() {
        return finish;
    }

    /** The number of tokens so far. */
    int tokens() {
        return tokens;
    }

    @Override
    public void content(String text) {
        append("content", text);
    }

    @Override
    public void reasoning(String text) {
        append("reasoning_content", text);
    }

    private void append(String key, String text) {
        ObjectNode last = pending.isEmpty() ? null : pending.get(pending.size() - 1);
        if (last != null && last.has(key)) {
            last.put(key, last.get(key).stringValue() + text);
        } else {
            pending.add(JsonMapper.shared().createObjectNode().put(key, text));
        }
    }

    @Override
    public void call(String name) {
        ObjectNode delta = JsonMapper.shared().createObjectNode();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", calls++)
                .put("id", AnswerHead.id("call_"))
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", "");
        pending.add(delta);
    }

    @Override
    public void arguments(String text) {
        ObjectNode delta = JsonMapper.shared().createObjectNode();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", calls - 1)
                .putObject("function")
                .put("arguments", text);
        pending.add(delta);
    }

    /** Tokens with log-probabilities, if those were asked for. */
    static @Nullable List<SampledToken> entries(Delta delta, boolean asked) {
        return asked && !delta.tokens().isEmpty() ? delta.tokens() : null;
    }
}
