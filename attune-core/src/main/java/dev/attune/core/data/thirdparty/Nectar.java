package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.HhDialogue;
import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nectar (berkeley-nest/Nectar): {@code answers} with a {@code rank} each, 1 is the best; the prompt is a dialogue in the style
 * of hh-rlhf. Lists of ranked answers under other usual names are read too.
 */
public final class Nectar implements ThirdPartyShape {
    private static final List<String> LISTS = List.of("answers", "responses", "completions", "candidates");
    private static final List<String> TEXT = List.of("answer", "response", "text", "completion", "content");
    private static final List<String> PROMPT = List.of("prompt", "question", "instruction", "query");

    @Override
    public boolean matches(RowKeys row) {
        return row.first(PROMPT) != null && list(row) != null;
    }

    private static @Nullable String list(RowKeys row) {
        return LISTS.stream()
                .filter(key -> {
                    JsonNode list = row.object().get(key);
                    return list != null
                            && list.isArray()
                            && list.size() > 0
                            && list.get(0).has("rank");
                })
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        String key = list(row);
        JsonNode answers = Values.require(row, key == null ? LISTS.get(0) : key);
        RankingObject ranking = RankingObject.of(prompt(Values.requireFirst(row, PROMPT)));
        List<@Nullable Double> scores = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String place = key + "[" + i + "]";
            if (!(answers.get(i) instanceof ObjectNode object)) {
                throw Values.invalid(place, answers.get(i), "an object with a text and its rank");
            }
            RowKeys answer = new RowKeys(object);
            ranking.completion(Values.requireFirst(answer, TEXT), answer.take("model"));
            JsonNode rank = answer.take("rank");
            scores.add(rank == null ? null : -Values.number(rank, place + ".rank"));
            row.unusedInside(key + "[].", answer);
        }
        return List.of(ranking.byScore(scores));
    }

    private static JsonNode prompt(JsonNode prompt) {
        boolean dialogue = prompt.isString() && HhDialogue.matches(prompt.stringValue());
        return dialogue ? Json.records().valueToTree(HhDialogue.question(prompt.stringValue())) : prompt;
    }
}
