package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Tasks as people have them: a line {@code {"prompt": ..., "completions": [...]}} each, of texts or {@code {text, model, sampling}}. */
public final class TaskLines {
    private TaskLines() {}

    /**
     * @param name of the file, for messages
     * @throws BadInputException with the line of the first fault
     */
    public static List<Tasks.Draft> parse(String name, String text) {
        List<Tasks.Draft> drafts = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                drafts.add(draft(name + ":" + number, line));
            }
        }
        return drafts;
    }

    private static Tasks.Draft draft(String place, String line) {
        try {
            JsonNode row = Json.tree(line);
            JsonNode prompt = row.get("prompt");
            JsonNode completions = row.get("completions");
            if (prompt == null || completions == null || !completions.isArray()) {
                throw wrong(place, "no prompt with a list of completions");
            }
            List<Ranking.Completion> list = new ArrayList<>();
            List<@Nullable String> sampling = new ArrayList<>();
            for (JsonNode completion : completions) {
                list.add(completion(place, completion));
                sampling.add(sampling(completion));
            }
            Tasks.requireCount(place, list.size());
            return new Tasks.Draft(Json.records().treeToValue(prompt, Prompt.class), list, sampling, 0);
        } catch (JacksonException e) {
            throw wrong(place, Json.reason(e));
        }
    }

    private static Ranking.Completion completion(String place, JsonNode node) {
        String text = text(node.isObject() ? node.get("text") : node);
        if (text == null || text.isBlank()) {
            throw wrong(place, "a completion without text");
        }
        return new Ranking.Completion(text, node.isObject() ? text(node.get("model")) : null);
    }

    /** Any JSON, as whoever drew the completion describes it. */
    private static @Nullable String sampling(JsonNode node) {
        JsonNode sampling = node.get("sampling");
        return sampling == null || sampling.isNull() ? null : Json.line(sampling);
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static BadInputException wrong(String place, String found) {
        return BadInputException.at(
                place,
                found,
                "{\"prompt\": ..., \"completions\": [...]} with " + Tasks.FEWEST + " to " + Tasks.MOST + " completions",
                "repair the line");
    }
}
