package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * WebGPT's comparisons (openai/webgpt_comparisons): a question and two answers with scores from -1 to 1; the answer
 * with the higher score is preferred, equal scores are a tie.
 */
public final class WebGptComparison implements ThirdPartyShape {
    @Override
    public boolean matches(RowKeys row) {
        return row.has("question")
                && row.has("answer_0")
                && row.has("answer_1")
                && row.has("score_0")
                && row.has("score_1");
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        JsonNode question = Values.require(row, "question");
        if (question instanceof ObjectNode object) {
            RowKeys keys = new RowKeys(object);
            question = Values.require(keys, "full_text");
            row.unusedInside("question.", keys);
        }
        return List.of(RankingObject.of(question)
                .completion(Values.require(row, "answer_0"), null)
                .completion(Values.require(row, "answer_1"), null)
                .byScore(List.of(Values.number(row, "score_0"), Values.number(row, "score_1"))));
    }
}
