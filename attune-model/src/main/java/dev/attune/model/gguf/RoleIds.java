package dev.attune.model.gguf;

import dev.attune.model.config.TokenIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The ids of a file's tokens with a role, which need no tokenizer. */
final class RoleIds {
    /** The keys of the tokens that end a text or a turn. */
    static final List<String> ENDS =
            List.of(TokenizerKeys.EOS, TokenizerKeys.END_OF_TURN, TokenizerKeys.END_OF_MESSAGE);

    private RoleIds() {}

    static @Nullable Integer id(Metadata metadata, String key, int size) {
        Integer id = metadata.natural(key);
        if (id != null && id >= size) {
            throw metadata.invalid(key, "" + id, "an id below " + size);
        }
        return id;
    }

    /** Adds bos_token_id, eos_token_id (all ends) and pad_token_id. */
    static void write(Metadata metadata, int size, ObjectNode json) {
        put(json, "bos_token_id", id(metadata, TokenizerKeys.BOS, size));
        put(json, "pad_token_id", id(metadata, TokenizerKeys.PAD, size));
        Set<Integer> ends = new LinkedHashSet<>();
        for (String key : ENDS) {
            Integer id = id(metadata, key, size);
            if (id != null) {
                ends.add(id);
            }
        }
        if (ends.size() == 1) {
            json.put("eos_token_id", ends.iterator().next());
        } else if (ends.size() > 1) {
            ends.forEach(json.putArray("eos_token_id")::add);
        } else {
            json.putNull("eos_token_id");
        }
    }

    /** Writes the ids that config.json names, for a model without a tokenizer. */
    static void put(TokenIds tokens, Metadata metadata) {
        List<Integer> ends = tokens.eos();
        for (int i = 0; i < Math.min(ENDS.size(), ends.size()); i++) {
            metadata.put(ENDS.get(i), ends.get(i));
        }
        put(metadata, TokenizerKeys.BOS, tokens.bos());
        put(metadata, TokenizerKeys.PAD, tokens.pad());
    }

    private static void put(Metadata metadata, String key, @Nullable Integer id) {
        if (id != null) {
            metadata.put(key, id);
        }
    }

    private static void put(ObjectNode json, String key, @Nullable Integer id) {
        if (id == null) {
            json.putNull(key);
        } else {
            json.put(key, id);
        }
    }
}
