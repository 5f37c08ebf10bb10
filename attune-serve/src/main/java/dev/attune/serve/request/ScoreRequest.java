package dev.attune.serve.request;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.fields.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A request of /v1/score: {@code messages}, {@code items}, or {@code text_1} and {@code text_2}.
 *
 * @param param the field that has the samples
 */
public record ScoreRequest(List<PromptCompletion> samples, String param) {
    private static final String MESSAGES = "messages";
    private static final String ITEMS = "items";
    private static final String FIRST = "text_1";
    private static final String SECOND = "text_2";
    private static final KnownFields FIELDS = new KnownFields(
            Set.of("model", MESSAGES, ITEMS, FIRST, SECOND),
            Map.of("user", KnownFields.ANY, "encoding_format", KnownFields.text("float")));

    public static ScoreRequest read(Fields request) {
        FIELDS.check(request);
        int forms = (request.has(MESSAGES) ? 1 : 0)
                + (request.has(ITEMS) ? 1 : 0)
                + (request.has(FIRST) || request.has(SECOND) ? 1 : 0);
        if (forms != 1) {
            throw ApiException.invalid(
                    ITEMS,
                    "expected one of messages, items, or text_1 with text_2; found "
                            + (forms == 0 ? "none" : "several"));
        }
        if (request.has(MESSAGES)) {
            return new ScoreRequest(List.of(conversation(MessageReader.read(request), MESSAGES)), MESSAGES);
        }
        if (request.has(ITEMS)) {
            List<PromptCompletion> items = request.list(ITEMS, ScoreRequest::item);
            if (items.isEmpty()) {
                throw request.wrong(ITEMS, "at least one item");
            }
            return new ScoreRequest(items, ITEMS);
        }
        return new ScoreRequest(pairs(request), SECOND);
    }

    private static PromptCompletion item(JsonNode node, String path) {
        Fields item = Fields.at(node, path);
        item.only(List.of("prompt", MESSAGES, "completion"));
        if (item.has("prompt") == item.has(MESSAGES)) {
            throw ApiException.invalid(path, path + ": expected either prompt or messages");
        }
        if (item.has("prompt")) {
            return new PromptCompletion(Prompt.text(item.requiredText("prompt")), item.requiredText("completion"));
        }
        List<Message> messages = MessageReader.read(item);
        return item.has("completion")
                ? new PromptCompletion(new Prompt.Chat(messages), item.requiredText("completion"))
                : conversation(messages, item.place(MESSAGES));
    }

    private static PromptCompletion conversation(List<Message> messages, String path) {
        Message last = messages.get(messages.size() - 1);
        if (!last.role().equals("assistant") || messages.size() < 2) {
            throw ApiException.invalid(path, path + ": expected a conversation that ends with the assistant's answer");
        }
        return new PromptCompletion(new Prompt.Chat(messages.subList(0, messages.size() - 1)), last.content());
    }

    private static List<PromptCompletion> pairs(Fields request) {
        List<String> prompts = texts(request, FIRST);
        List<String> completions = texts(request, SECOND);
        if (prompts.size() != completions.size() && prompts.size() != 1) {
            throw ApiException.invalid(
                    FIRST,
                    FIRST + ": found " + prompts.size() + " texts, expected 1 or as many as " + SECOND + " has: "
                            + completions.size());
        }
        List<PromptCompletion> pairs = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            String prompt = prompts.get(prompts.size() == 1 ? 0 : i);
            pairs.add(new PromptCompletion(Prompt.text(prompt), completions.get(i)));
        }
        return pairs;
    }

    private static List<String> texts(Fields request, String name) {
        JsonNode value = request.required(name, "a string or an array of strings");
        if (value.isString()) {
            return List.of(value.stringValue());
        }
        List<String> texts = request.list(name, (item, path) -> {
            if (!item.isString()) {
                throw ApiException.invalid(name, path + ": found " + Found.of(item) + ", expected a string");
            }
            return item.stringValue();
        });
        if (texts.isEmpty()) {
            throw request.wrong(name, "a string or an array of strings");
        }
        return texts;
    }
}
