package dev.attune.core.data;

import dev.attune.core.data.raw.HhDialogue;
import dev.attune.core.feedback.Preference;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts rows to JSON objects: the inverse of {@link RowParser}. Keys with their default value are left out. */
final class RowObjects {
    private RowObjects() {}

    /** The row in the format of its own kind. */
    static ObjectNode of(Row row) {
        ObjectNode object = Json.records().createObjectNode();
        if (row instanceof Row.PreferenceRow pair) {
            addPrompt(object, pair.prompt());
            object.put("chosen", pair.preference().chosen());
            object.put("rejected", pair.preference().rejected());
            addLabel(object, pair.preference());
        } else if (row instanceof Row.RankingRow ranking) {
            return ranking(ranking);
        } else if (row instanceof Row.MessagesRow messages) {
            object.set("messages", Json.records().valueToTree(messages.messages()));
            addTools(object, messages.tools());
        } else {
            addPrompt(object, row.prompt());
            if (row instanceof Row.CompletionRow completion) {
                object.put("completion", completion.completion());
            } else if (row instanceof Row.TaskRow task) {
                object.set("completions", Json.records().valueToTree(task.completions()));
            } else if (row instanceof Row.LabelRow label) {
                object.put("completion", label.completion());
                object.put("reward", label.reward());
            } else if (row instanceof Row.StepsRow steps) {
                object.set("steps", Json.records().valueToTree(steps.steps()));
                ArrayNode labels = object.putArray("labels");
                steps.labels().forEach(label -> labels.add(label.correct()));
            }
        }
        return object;
    }

    /** A conversation as ShareGPT has it. */
    static ObjectNode shareGpt(Row.MessagesRow row) {
        ObjectNode object = Json.records().createObjectNode();
        ArrayNode turns = object.putArray("conversations");
        for (Message message : row.messages()) {
            String from =
                    switch (message.role()) {
                        case "user" -> "human";
                        case "assistant" -> "gpt";
                        default -> message.role();
                    };
            ObjectNode turn = turns.addObject().put("from", from).put("value", message.content());
            turn.setAll((ObjectNode) Json.records().valueToTree(message.fields()));
        }
        addTools(object, row.tools());
        return object;
    }

    /** A pair as two dialogues: texts as in hh-rlhf, or lists of messages if a text would lose something. */
    static ObjectNode dialogues(Row.PreferenceRow row) {
        ObjectNode object = Json.records().createObjectNode();
        List<Message> chosen = dialogue(row.prompt(), row.preference().chosen());
        List<Message> rejected = dialogue(row.prompt(), row.preference().rejected());
        if (isText(chosen)
                && isText(rejected)
                && PromptColumns.tools(row.prompt()).isEmpty()) {
            object.put("chosen", HhDialogue.render(chosen));
            object.put("rejected", HhDialogue.render(rejected));
        } else {
            object.set("chosen", Json.records().valueToTree(chosen));
            object.set("rejected", Json.records().valueToTree(rejected));
            addTools(object, PromptColumns.tools(row.prompt()));
        }
        addLabel(object, row.preference());
        return object;
    }

    private static List<Message> dialogue(Prompt prompt, String completion) {
        List<Message> messages = new ArrayList<>(prompt.messages());
        messages.add(Message.assistant(completion));
        return messages;
    }

    /** Whether a text in the style of hh-rlhf gives the same messages when it is read. */
    private static boolean isText(List<Message> messages) {
        boolean speakers = messages.stream()
                .allMatch(message -> Set.of("user", "assistant").contains(message.role())
                        && message.fields().isEmpty());
        return speakers && HhDialogue.parse(HhDialogue.render(messages)).equals(messages);
    }

    private static void addLabel(ObjectNode object, Preference pair) {
        if (pair.probability() != 1) {
            object.put("probability", pair.probability());
        }
        if (pair.weight() != 1) {
            object.put("weight", pair.weight());
        }
        if (pair.margin() != null) {
            object.put("margin", pair.margin());
        }
        if (!pair.origin().equals(Preference.Origin.UNKNOWN)) {
            object.set("origin", Json.records().valueToTree(pair.origin()));
        }
    }

    private static ObjectNode ranking(Row.RankingRow row) {
        ObjectNode object = Json.records().valueToTree(row.ranking());
        if (object.get("prompt") instanceof ObjectNode withTools) {
            object.set("prompt", withTools.get("messages"));
            object.set("tools", withTools.get("tools"));
        }
        return object;
    }

    private static void addPrompt(ObjectNode object, Prompt prompt) {
        if (prompt instanceof Prompt.Text text) {
            object.put("prompt", text.text());
        } else {
            object.set("prompt", Json.records().valueToTree(prompt.messages()));
            addTools(object, PromptColumns.tools(prompt));
        }
    }

    private static void addTools(ObjectNode object, List<Map<String, @Nullable Object>> tools) {
        if (!tools.isEmpty()) {
            object.set("tools", Json.records().valueToTree(tools));
        }
    }
}
