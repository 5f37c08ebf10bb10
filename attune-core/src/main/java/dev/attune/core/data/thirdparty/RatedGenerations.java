package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** distilabel's columns: a list of {@code generations} and a list of {@code ratings}, the highest of which is the best. */
public final class RatedGenerations implements ThirdPartyShape {
    private static final List<String> PROMPT = List.of("prompt", "instruction", "input", "question");
    private static final List<String> TEXTS = List.of("generations", "responses", "completions");
    private static final List<String> RATINGS = List.of("ratings", "rating", "scores");
    private static final List<String> MODELS = List.of("generation_models", "models");
    private static final Set<String> CHOSEN = Set.of("chosen", "rejected");

    @Override
    public boolean matches(RowKeys row) {
        return row.first(PROMPT) != null
                && list(row, TEXTS)
                && list(row, RATINGS)
                && CHOSEN.stream().noneMatch(row::has);
    }

    private static boolean list(RowKeys row, List<String> keys) {
        String key = row.first(keys);
        return key != null && row.object().get(key).isArray();
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        JsonNode texts = Values.requireFirst(row, TEXTS);
        JsonNode ratings = Values.requireFirst(row, RATINGS);
        if (!texts.isArray() || !ratings.isArray() || texts.size() != ratings.size()) {
            throw Values.invalid("ratings", ratings, "as many ratings as generations");
        }
        String modelKey = row.first(MODELS);
        JsonNode models = modelKey == null ? null : row.take(modelKey);
        RankingObject ranking = RankingObject.of(Values.requireFirst(row, PROMPT));
        String system = row.first(List.of("system", "system_prompt"));
        ranking.with("system", system == null ? null : row.take(system));
        List<@Nullable Double> scores = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            JsonNode model = models == null ? null : models.get(i);
            ranking.completion(texts.get(i), model);
            JsonNode rating = ratings.get(i);
            scores.add(rating.isNull() ? null : Values.number(rating, "ratings[" + i + "]"));
        }
        return List.of(ranking.byScore(scores));
    }
}
