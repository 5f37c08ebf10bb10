package dev.attune.model.tokenizer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The added tokens of tokenizer.json, which are found in a text as whole words before it is split.
 *
 * @param special those with the flag {@code special}, by their text
 * @param ids all of them
 */
record AddedTokens(Map<String, Integer> special, Set<Integer> ids) {
    AddedTokens {
        special = Map.copyOf(special);
        ids = Set.copyOf(ids);
    }

    static AddedTokens of(ObjectNode tokenizer) {
        Map<String, Integer> special = new LinkedHashMap<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode token : tokenizer.path("added_tokens")) {
            String content = token.path("content").asString("");
            if (content.isEmpty() || !token.path("id").canConvertToInt()) {
                continue;
            }
            int id = token.path("id").asInt();
            ids.add(id);
            if (token.path("special").asBoolean(false)) {
                special.put(content, id);
            }
        }
        return new AddedTokens(special, ids);
    }
}
