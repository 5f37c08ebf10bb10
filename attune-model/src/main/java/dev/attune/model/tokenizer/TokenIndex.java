package dev.attune.model.tokenizer;

import dev.attune.core.error.BadInputException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of a tokenizer.json with their ids: the model's vocabulary and the added tokens. */
final class TokenIndex {
    private final Map<String, Integer> ids = new HashMap<>();
    private int size;

    static TokenIndex of(String place, ObjectNode tokenizer) {
        TokenIndex index = new TokenIndex();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary instanceof ArrayNode pieces) { // unigram: [piece, score] in the order of ids
            for (int id = 0; id < pieces.size(); id++) {
                index.add(pieces.get(id).path(0).asString(""), id);
            }
        } else {
            for (var entry : vocabulary.properties()) {
                index.add(place, entry.getKey(), entry.getValue());
            }
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            index.add(place, added.path("content").asString(""), added.path("id"));
        }
        if (index.size == 0) {
            throw BadInputException.at(
                    place + ", key model.vocab", "no tokens", "a vocabulary", "fetch the file again");
        }
        return index;
    }

    private void add(String place, String token, JsonNode id) {
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0 || id.asInt() == Integer.MAX_VALUE) {
            throw BadInputException.at(
                    place + ", token '" + token + "'", "the id " + id, "a whole number", "fetch the file again");
        }
        add(token, id.asInt());
    }

    private void add(String token, int id) {
        ids.put(token, id);
        size = Math.max(size, id + 1);
    }

    @Nullable
    Integer idOf(String token) {
        return ids.get(token);
    }

    Map<String, Integer> tokens() {
        return Collections.unmodifiableMap(ids);
    }

    int size() {
        return size;
    }
}
