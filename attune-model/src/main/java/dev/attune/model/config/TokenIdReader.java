package dev.attune.model.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code bos_token_id}, {@code eos_token_id} (a number or a list) and {@code pad_token_id}. */
final class TokenIdReader {
    private final ConfigFields fields;
    private final int vocabulary;

    TokenIdReader(ConfigFields fields, int vocabulary) {
        this.fields = fields;
        this.vocabulary = vocabulary;
    }

    /** The ids in the file; if a key is absent, the family's default if it is in the vocabulary. */
    TokenIds read(@Nullable Integer bos, @Nullable Integer eos, @Nullable Integer pad) {
        Integer padId = first("pad_token_id", pad);
        if (padId != null && padId >= vocabulary) {
            throw fields.invalid("pad_token_id", padId.toString(), "an id below vocab_size " + vocabulary);
        }
        return new TokenIds(first("bos_token_id", bos), ids("eos_token_id", eos), padId);
    }

    private @Nullable Integer first(String key, @Nullable Integer otherwise) {
        List<Integer> ids = ids(key, otherwise);
        return ids.isEmpty() ? null : ids.get(0);
    }

    private List<Integer> ids(String key, @Nullable Integer otherwise) {
        if (!fields.mentions(key)) {
            return otherwise == null || otherwise >= vocabulary ? List.of() : List.of(otherwise);
        }
        JsonNode node = fields.get(key);
        if (node == null) {
            return List.of();
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            if (!item.canConvertToInt() || !item.isIntegralNumber()) {
                throw fields.invalid(key, ConfigFields.shown(node), "a token id or a list of them");
            }
            if (item.asInt() >= 0) { // some files use -1 for none
                ids.add(item.asInt());
            }
        }
        return ids;
    }
}
