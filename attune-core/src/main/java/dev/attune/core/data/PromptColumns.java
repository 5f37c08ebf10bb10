package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A prompt with the columns that belong to it. {@code input} and {@code context} follow the text after an empty line, a
 * {@code history} of earlier turns precedes it, {@code system} becomes a system turn, {@code tools} the conversation's
 * tools.
 */
final class PromptColumns {
    private static final List<String> SYSTEM = List.of("system", "system_prompt", "system_message");
    private static final List<String> APPENDED = List.of("input", "context");
    private static final List<String> HISTORY = List.of("history", "chat_history", "context");
    private static final List<String> TOOLS = List.of("tools", "functions");
    private static final List<String> MEDIA = List.of("images", "image", "audios", "audio", "videos", "video");

    private PromptColumns() {}

    /** The prompt of a row; a problem if there is none. */
    static Prompt read(RowKeys row) {
        return read(row, Fields.require(row.object(), Fields.PROMPT));
    }

    /** The prompt under a key, with the other columns that belong to it. */
    static Prompt read(RowKeys row, String key) {
        requireTextOnly(row);
        Prompt prompt = Turns.prompt(row.object(), row.use(key));
        if (prompt instanceof Prompt.Text text) {
            prompt = new Prompt.Text(appended(row, key, text.text()));
        }
        List<Message> earlier = history(row);
        if (earlier.isEmpty()) {
            return complete(row, prompt);
        }
        List<Message> messages = new ArrayList<>(earlier);
        messages.addAll(prompt.messages());
        return complete(row, new Prompt.Chat(messages, tools(prompt)));
    }

    /** Adds the system turn and the tools that have columns of their own. */
    static Prompt complete(RowKeys row, Prompt prompt) {
        requireTextOnly(row);
        List<Message> messages = withSystem(row, prompt.messages());
        List<Map<String, @Nullable Object>> tools = new ArrayList<>(tools(prompt));
        String key = row.first(TOOLS);
        if (key != null) {
            tools.addAll(Tools.read(row.object(), row.use(key)));
        }
        boolean changed = messages.size() > prompt.messages().size()
                || tools.size() > tools(prompt).size();
        return changed ? new Prompt.Chat(messages, tools) : prompt;
    }

    /** The tools of a prompt; a text has none. */
    static List<Map<String, @Nullable Object>> tools(Prompt prompt) {
        return prompt instanceof Prompt.Chat chat ? chat.tools() : List.of();
    }

    private static String appended(RowKeys row, String promptKey, String prompt) {
        StringBuilder text = new StringBuilder(prompt);
        for (String key : APPENDED) {
            JsonNode value = row.object().get(key);
            if (key.equals(promptKey) || value == null || !value.isString()) {
                continue;
            }
            String more = Turns.text(value, row.use(key));
            if (!more.isBlank() && !more.equals(prompt)) {
                text.append("\n\n").append(more);
            }
        }
        return text.toString();
    }

    /** Earlier turns: messages, or LLaMA-Factory's pairs of a question and its answer. */
    private static List<Message> history(RowKeys row) {
        List<Message> turns = new ArrayList<>();
        for (String key : HISTORY) {
            JsonNode value = row.object().get(key);
            boolean text = value != null && key.equals("context") && value.isString();
            if (value == null || text || !RowKeys.holdsSomething(value)) {
                continue;
            }
            turns.addAll(Turns.areTurns(value) ? Turns.read(value, row.use(key)) : pairs(value, row.use(key)));
        }
        return turns;
    }

    private static List<Message> pairs(JsonNode history, String key) {
        List<Message> turns = new ArrayList<>();
        for (JsonNode pair : history) {
            if (!history.isArray() || !pair.isArray() || pair.size() != 2) {
                break;
            }
            turns.add(Message.user(Fields.text(pair.get(0), key)));
            turns.add(Message.assistant(Fields.text(pair.get(1), key)));
        }
        if (turns.isEmpty() || turns.size() != 2 * history.size()) {
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE,
                    key,
                    Fields.describe(history),
                    "earlier turns as messages or as pairs of a question and its answer");
        }
        return turns;
    }

    /** The messages with the system turn of its own column first; a different one among the messages is a problem. */
    private static List<Message> withSystem(RowKeys row, List<Message> messages) {
        String system = null;
        String key = row.first(SYSTEM);
        if (key != null) {
            system = Fields.optionalText(row.object(), row.use(key));
        }
        if (system == null) {
            return messages;
        }
        if (!messages.isEmpty() && messages.get(0).role().equals("system")) {
            if (messages.get(0).content().strip().equals(system.strip())) {
                return messages;
            }
            throw new RowProblem(
                    Fault.Kind.PROMPT_MISMATCH,
                    String.valueOf(key),
                    "a second, different system turn",
                    "one system turn");
        }
        List<Message> all = new ArrayList<>();
        all.add(new Message("system", system));
        all.addAll(messages);
        return all;
    }

    private static void requireTextOnly(RowKeys row) {
        for (String key : MEDIA) {
            JsonNode value = row.object().get(key);
            if (value != null && (value.isString() || value.isContainer()) && RowKeys.holdsSomething(value)) {
                throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a row of texts alone");
            }
        }
    }
}
