package dev.attune.model.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens with roles such as BOS and EOS. A role's token comes from tokenizer_config.json, else from
 * special_tokens_map.json; if neither names one, its id comes from generation_config.json, else from config.json.
 *
 * @param eos every id after which generation stops: the tokenizer's own first, then those of generation_config.json or,
 *     if it names none, of config.json
 * @param texts the text of the tokens by their names in templates: {@code bos_token}, {@code eos_token}, ...
 */
record SpecialTokens(
        @Nullable Integer bos, List<Integer> eos, @Nullable Integer pad, Map<String, String> texts) {
    private static final List<String> ROLES =
            List.of("bos_token", "eos_token", "pad_token", "unk_token", "sep_token", "cls_token", "mask_token");

    static SpecialTokens read(TokenizerFiles files, TokenIndex index) {
        ObjectNode generation = files.json(TokenizerFiles.GENERATION);
        ObjectNode config = files.neighbour("config.json");
        Map<String, String> texts = texts(files);
        Set<Integer> eos = new LinkedHashSet<>(named(texts, "eos_token", index));
        List<Integer> stops = ids(generation, "eos_token_id");
        eos.addAll(stops.isEmpty() ? ids(config, "eos_token_id") : stops);
        return new SpecialTokens(
                one("bos", texts, index, generation, config),
                List.copyOf(eos),
                one("pad", texts, index, generation, config),
                texts);
    }

    private static @Nullable Integer one(
            String role,
            Map<String, String> texts,
            TokenIndex index,
            @Nullable ObjectNode generation,
            @Nullable ObjectNode config) {
        List<Integer> candidates = new ArrayList<>(named(texts, role + "_token", index));
        candidates.addAll(ids(generation, role + "_token_id"));
        candidates.addAll(ids(config, role + "_token_id"));
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    private static List<Integer> named(Map<String, String> texts, String role, TokenIndex index) {
        String token = texts.get(role);
        Integer id = token == null ? null : index.idOf(token);
        return id == null ? List.of() : List.of(id);
    }

    private static Map<String, String> texts(TokenizerFiles files) {
        ObjectNode config = files.json(TokenizerFiles.CONFIG);
        ObjectNode map = files.json(TokenizerFiles.SPECIAL);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String role : ROLES) {
            String token = text(config, role);
            if (token == null) {
                token = text(map, role);
            }
            if (token != null) {
                texts.put(role, token);
            }
        }
        return texts;
    }

    /** The text of a token, given as a string or as an object with {@code content}. */
    private static @Nullable String text(@Nullable ObjectNode json, String role) {
        JsonNode node = json == null ? null : json.get(role);
        if (node instanceof ObjectNode object) {
            node = object.get("content");
        }
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static List<Integer> ids(@Nullable ObjectNode json, String key) {
        JsonNode node = json == null ? null : json.get(key);
        if (node == null) {
            return List.of();
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            if (item.isIntegralNumber() && item.canConvertToInt() && item.asInt() >= 0) {
                ids.add(item.asInt());
            }
        }
        return ids;
    }
}
