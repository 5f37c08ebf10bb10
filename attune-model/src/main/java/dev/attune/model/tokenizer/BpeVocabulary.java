package dev.attune.model.tokenizer;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained byte-level BPE tokenizer, ready to be written.
 *
 * @param ids every token with its id, in the order of ids
 * @param merges merges in order: two tokens with a space between them
 * @param specialTokens special tokens
 * @param splitDigits whether digits are split from each other before merging
 * @param prefixSpace whether a text that begins with a word is encoded as if a space preceded it, so that a word has
 *     the same tokens at the beginning of a text or turn as inside it
 */
public record BpeVocabulary(
        Map<String, Integer> ids,
        List<String> merges,
        List<String> specialTokens,
        boolean splitDigits,
        boolean prefixSpace) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public BpeVocabulary {
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
        merges = List.copyOf(merges);
        specialTokens = List.copyOf(specialTokens);
    }

    /**
     * The roles of special tokens, and the chat template.
     *
     * @param maxLength longest text of the model, in tokens
     * @param chatTemplate in Jinja, or null
     */
    public record Roles(
            @Nullable String bos,
            @Nullable String eos,
            @Nullable String pad,
            int maxLength,
            @Nullable String chatTemplate) {}

    /** The number of tokens. */
    public int size() {
        return ids.size();
    }

    /** Writes tokenizer.json and tokenizer_config.json, which {@link HuggingFaceTokenizer} and transformers load. */
    public void save(Path directory, Roles roles) {
        write(directory, TokenizerFiles.TOKENIZER, tokenizerJson());
        write(directory, TokenizerFiles.CONFIG, configJson(roles));
    }

    private ObjectNode tokenizerJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        var added = json.putArray("added_tokens");
        for (String token : specialTokens) {
            added.addObject()
                    .put("id", ids.get(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        json.putNull("normalizer");
        json.set("pre_tokenizer", preTokenizer());
        json.set("post_processor", byteLevel());
        json.set("decoder", byteLevel());
        ObjectNode model =
                json.putObject("model").put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        ids.forEach(vocabulary::put);
        var rules = model.putArray("merges");
        merges.forEach(rules::add);
        return json;
    }

    private ObjectNode preTokenizer() {
        if (!splitDigits) {
            return byteLevel();
        }
        ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
        var steps = sequence.putArray("pretokenizers");
        steps.addObject().put("type", "Digits").put("individual_digits", true);
        steps.add(byteLevel());
        return sequence;
    }

    private ObjectNode byteLevel() {
        return MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", prefixSpace)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode configJson(Roles roles) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put("clean_up_tokenization_spaces", false);
        json.put("model_max_length", roles.maxLength());
        putToken(json, "bos_token", roles.bos());
        putToken(json, "eos_token", roles.eos());
        putToken(json, "pad_token", roles.pad());
        if (roles.chatTemplate() != null) {
            json.put("chat_template", roles.chatTemplate());
        }
        return json;
    }

    private void putToken(ObjectNode json, String role, @Nullable String token) {
        if (token == null) {
            return;
        }
        if (!specialTokens.contains(token)) {
            throw new IllegalArgumentException(
                    role + " '" + token + "' is not one of the special tokens " + specialTokens);
        }
        json.put(role, token);
    }

    private static void write(Path directory, String name, ObjectNode json) {
        Path file = directory.resolve(name);
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new RunFailedException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
