package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * UltraFeedback as published (openbmb/UltraFeedback): an instruction and {@code completions} with a {@code response} and scores
 * each. They are ranked by {@code overall_score}; equal scores are a tie.
 */
public final class UltraFeedback implements ThirdPartyShape {
    private static final String COMPLETIONS = "completions";
    private static final String SCORE = "overall_score";
    private static final List<String> PROMPT = List.of("instruction", "prompt", "question");

    @Override
    public boolean matches(RowKeys row) {
        JsonNode list = row.object().get(COMPLETIONS);
        return row.first(PROMPT) != null
                && list != null
                && list.isArray()
                && !list.isEmpty()
                && list.get(0).has("response")
                && list.get(0).has(SCORE);
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        RankingObject ranking =
                RankingObject.of(Values.requireFirst(row, PROMPT)).criterion("overall");
        List<@Nullable Double> scores = new ArrayList<>();
        for (JsonNode item : Values.require(row, COMPLETIONS)) {
            if (!(item instanceof ObjectNode object)) {
                throw Values.invalid(COMPLETIONS, item, "an object with a response and its overall_score");
            }
            RowKeys completion = new RowKeys(object);
            ranking.completion(Values.require(completion, "response"), completion.take("model"));
            JsonNode score = completion.take(SCORE);
            scores.add(score == null ? null : Values.number(score, COMPLETIONS + "[]." + SCORE));
            row.unusedInside(COMPLETIONS + "[].", completion);
        }
        return List.of(ranking.byScore(scores));
    }
}
