package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Battles of two models in Chatbot Arena (lmsys/chatbot_arena_conversations, lmsys/mt_bench_human_judgments,
 * lmarena-ai/arena-human-preference): {@code conversation_a} and {@code conversation_b}, or {@code prompt},
 * {@code response_a} and {@code response_b}, and who won. "Both bad" is a tie in which no completion is acceptable.
 */
public final class ArenaBattle implements ThirdPartyShape {
    private static final String A = "conversation_a";
    private static final String B = "conversation_b";
    private static final List<String> PROMPT = List.of("prompt", "question", "instruction", "query");
    private static final List<String> VERDICT = List.of("winner", "winner_model_a");

    @Override
    public boolean matches(RowKeys row) {
        boolean dialogues = row.has(A) && row.has(B);
        boolean responses = row.has("response_a") && row.has("response_b");
        return (dialogues || responses) && row.first(VERDICT) != null;
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        RankingObject ranking = row.has(A) ? dialogues(row) : responses(row);
        ranking.with("labeler", text(row.take("judge"))).with("time", ArenaTime.of(row));
        return List.of(verdict(row, ranking));
    }

    private static RankingObject dialogues(RowKeys row) {
        JsonNode first = judged(row, A);
        JsonNode second = judged(row, B);
        int last = first.size() - 1;
        ArrayNode prompt = ArenaTurns.slice(first, last);
        if (first.size() != second.size() || !prompt.equals(ArenaTurns.slice(second, last))) {
            throw new ShapeProblem(
                    ShapeProblem.Kind.DIALOGUES_PART,
                    "",
                    "conversations that differ before the last turn",
                    "conversations that differ in the last turn only");
        }
        return RankingObject.of(prompt)
                .completion(ArenaTurns.slice(first, last, last + 1), row.take("model_a"))
                .completion(ArenaTurns.slice(second, last, last + 1), row.take("model_b"));
    }

    /** The conversation up to the judged turn: MT-bench's judges saw the first or both of two turns. */
    private static JsonNode judged(RowKeys row, String key) {
        JsonNode conversation = Values.require(row, key);
        if (!conversation.isArray() || conversation.isEmpty()) {
            throw Values.invalid(key, conversation, "a list of messages");
        }
        JsonNode turn = row.take("turn");
        int judged = turn != null && turn.isIntegralNumber() ? 2 * turn.intValue() : conversation.size();
        return ArenaTurns.slice(conversation, judged > 0 ? Math.min(judged, conversation.size()) : conversation.size());
    }

    private static RankingObject responses(RowKeys row) {
        ArenaTurns first =
                ArenaTurns.of(Values.requireFirst(row, PROMPT), Values.require(row, "response_a"), "response_a");
        ArenaTurns second =
                ArenaTurns.of(Values.requireFirst(row, PROMPT), Values.require(row, "response_b"), "response_b");
        if (!first.prompt().equals(second.prompt())) {
            throw new ShapeProblem(
                    ShapeProblem.Kind.DIALOGUES_PART,
                    "",
                    "responses that differ before the last turn",
                    "responses that differ in the last turn only");
        }
        return RankingObject.of(first.prompt())
                .completion(first.answer(), row.take("model_a"))
                .completion(second.answer(), row.take("model_b"));
    }

    private static ObjectNode verdict(RowKeys row, RankingObject ranking) {
        if (!row.has("winner")) {
            row.use("winner_tie");
            boolean first = Values.bool(row, "winner_model_a");
            boolean second = Values.bool(row, "winner_model_b");
            if (first && second) {
                throw Values.invalid("winner_model_b", row.object().get("winner_model_b"), "one winner");
            }
            return ranking.verdict(first ? -1 : second ? 1 : 0);
        }
        JsonNode winner = Values.require(row, "winner");
        return switch (winner.asString("").toLowerCase(Locale.ROOT).strip()) {
            case "model_a", "a", "response_a" -> ranking.verdict(-1);
            case "model_b", "b", "response_b" -> ranking.verdict(1);
            case "tie" -> ranking.verdict(0);
            case "tie (bothbad)", "bothbad", "both_bad" -> ranking.allBad().verdict(0);
            default -> throw Values.invalid("winner", winner, "model_a, model_b, tie or tie (bothbad)");
        };
    }

    private static @Nullable JsonNode text(@Nullable JsonNode value) {
        return value != null && value.isString() ? value : null;
    }
}
