package dev.attune.serve.answer;

import dev.attune.model.serving.SampledToken;
import dev.attune.serve.generation.Delta;
import dev.attune.serve.model.ModelTexts;
import dev.attune.serve.tool.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answer of /v1/chat/completions, whole or in chunks. */
public final class ChatAnswer implements Answer {
    private static final String CHUNK = "chat.completion.chunk";

    private final AnswerHead head;
    private final AnswerShape shape;
    private final ModelTexts texts;
    private final ChatForm form;
    private final int[] prompt;
    private final List<ChatChoice> choices;

    /** @param prompt token ids */
    public ChatAnswer(String model, AnswerShape shape, ModelTexts texts, ChatForm form, int... prompt) {
        this.head = AnswerHead.of("chatcmpl-", model);
        this.shape = shape;
        this.texts = texts;
        this.form = form;
        this.prompt = prompt;
        this.choices = IntStream.range(0, shape.choices())
                .mapToObj(i -> new ChatChoice(form))
                .toList();
    }

    @Override
    public ObjectNode whole(List<Delta> deltas) {
        ObjectNode answer = head.json("chat.completion");
        var array = answer.putArray("choices");
        for (int i = 0; i < deltas.size(); i++) {
            Delta delta = deltas.get(i);
            ChatChoice choice = choices.get(i);
            ObjectNode json = array.addObject().put("index", i);
            json.set("message", ChatMessage.join(choice.add(delta)));
            json.set("logprobs", logProbs(shape.topLogProbs() == null ? null : delta.tokens()));
            json.put("finish_reason", choice.finish());
            if (shape.tokenIds()) {
                json.set("token_ids", ids(delta.ids()));
            }
        }
        answer.set("usage", usage().json());
        if (shape.tokenIds()) {
            answer.set("prompt_token_ids", JsonMapper.shared().valueToTree(prompt));
        }
        return answer;
    }

    @Override
    public void begin(Consumer<ObjectNode> events) {
        for (int i = 0; i < choices.size(); i++) {
            ObjectNode delta = JsonMapper.shared().createObjectNode().put("role", "assistant");
            if (form.tools().mode() == Tools.Mode.FORCED) {
                delta.putNull("content");
            } else {
                delta.put("content", "");
            }
            ObjectNode chunk = chunk(i, delta, null, null);
            if (shape.tokenIds() && i == 0) {
                chunk.set("prompt_token_ids", JsonMapper.shared().valueToTree(prompt));
            }
            events.accept(chunk);
        }
    }

    @Override
    public void add(List<Delta> deltas, Consumer<ObjectNode> events) {
        for (int i = 0; i < deltas.size(); i++) {
            if (!deltas.get(i).isEmpty()) {
                add(i, deltas.get(i), events);
            }
        }
    }

    private void add(int index, Delta delta, Consumer<ObjectNode> events) {
        ChatChoice choice = choices.get(index);
        List<ObjectNode> parts = new ArrayList<>(choice.add(delta));
        List<SampledToken> entries = ChatChoice.entries(delta, shape.topLogProbs() != null);
        boolean more = entries != null || (shape.tokenIds() && !delta.ids().isEmpty());
        if (parts.isEmpty() && more) {
            parts.add(JsonMapper.shared().createObjectNode());
        }
        for (int i = 0; i < parts.size(); i++) {
            ObjectNode chunk = chunk(index, parts.get(i), i == 0 ? entries : null, null);
            if (i == 0 && shape.tokenIds()) {
                ((ObjectNode) chunk.get("choices").get(0)).set("token_ids", ids(delta.ids()));
            }
            events.accept(chunk);
        }
        if (delta.ending() != null) {
            events.accept(chunk(index, JsonMapper.shared().createObjectNode(), null, choice.finish()));
        }
    }

    @Override
    public void end(Consumer<ObjectNode> events) {
        if (shape.streamUsage()) {
            ObjectNode chunk = head.json(CHUNK);
            chunk.putArray("choices");
            chunk.set("usage", usage().json());
            events.accept(chunk);
        }
    }

    private ObjectNode chunk(
            int index, ObjectNode delta, @Nullable List<SampledToken> entries, @Nullable String finish) {
        ObjectNode chunk = head.json(CHUNK);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.set("logprobs", logProbs(entries));
        choice.put("finish_reason", finish);
        if (shape.streamUsage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private JsonNode logProbs(@Nullable List<SampledToken> entries) {
        return entries == null ? JsonMapper.shared().nullNode() : LogProbs.chat(entries, texts);
    }

    private static JsonNode ids(List<Integer> ids) {
        return JsonMapper.shared().valueToTree(ids);
    }

    private Usage usage() {
        return new Usage(
                prompt.length, choices.stream().mapToLong(ChatChoice::tokens).sum());
    }
}
