package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the tokenizer of a GGUF file as the files of a model directory: tokenizer.json, tokenizer_config.json,
 * generation_config.json and the chat templates.
 */
final class TokenizerImport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Metadata metadata;
    private final List<String> tokens;
    private final List<Long> types;

    /** @param rows of the embedding: more tokens are refused */
    private TokenizerImport(Metadata metadata, int rows) {
        this.metadata = metadata;
        this.tokens = required(TokenizerKeys.TOKENS, metadata.texts(TokenizerKeys.TOKENS));
        List<Long> given = metadata.wholes(TokenizerKeys.TYPES);
        this.types = given == null ? Collections.nCopies(tokens.size(), TokenType.NORMAL) : given;
        requireSize(TokenizerKeys.TYPES, types.size());
        if (tokens.size() > rows) {
            throw metadata.invalid(
                    TokenizerKeys.TOKENS, tokens.size() + " tokens", "at most " + rows + ", the rows of the embedding");
        }
    }

    private <T> T required(String key, @Nullable T value) {
        if (value == null) {
            throw metadata.invalid(key, "nothing", "one entry per token");
        }
        return value;
    }

    private void requireSize(String key, int size) {
        if (size != tokens.size()) {
            throw metadata.invalid(key, size + " entries", tokens.size() + ", one per token");
        }
    }

    /** Whether the file has a tokenizer. */
    static boolean isThere(Metadata metadata) {
        String model = metadata.text(TokenizerKeys.MODEL);
        return model != null && !model.equals(TokenizerKeys.NONE) && !model.equals("no_vocab");
    }

    /**
     * Reads the metadata.
     *
     * @param rows of the embedding
     * @throws BadInputException naming the key that has no counterpart in Hugging Face
     */
    static TokenizerImport of(Metadata metadata, int rows) {
        TokenizerImport tokenizer = new TokenizerImport(metadata, rows);
        tokenizer.tokenizer(); // fails before anything is written
        return tokenizer;
    }

    /** Writes the files; {@code context} is the longest text of the model, in tokens. */
    void write(Path directory, int context) throws IOException {
        Files.writeString(
                directory.resolve("tokenizer.json"), JsonMapper.shared().writeValueAsString(tokenizer()));
        writeJson(directory.resolve("tokenizer_config.json"), config(context));
        String template = metadata.text(TokenizerKeys.TEMPLATE);
        if (template != null) {
            Files.writeString(directory.resolve("chat_template.jinja"), template);
        }
        List<String> names = metadata.texts(TokenizerKeys.TEMPLATES);
        for (String name : names == null ? List.<String>of() : names) {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw metadata.invalid(TokenizerKeys.TEMPLATES, "'" + name + "'", "names of letters and digits");
            }
            Path folder = Files.createDirectories(directory.resolve("additional_chat_templates"));
            Files.writeString(
                    folder.resolve(name + ".jinja"), metadata.requiredText(TokenizerKeys.TEMPLATE + "." + name));
        }
    }

    private static void writeJson(Path file, ObjectNode json) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(json) + "\n");
    }

    // ---- tokenizer.json ----

    private ObjectNode tokenizer() {
        String model = metadata.requiredText(TokenizerKeys.MODEL);
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        json.set("added_tokens", added());
        switch (model) {
            case TokenizerKeys.BYTE_LEVEL -> byteLevel(json);
            case TokenizerKeys.SENTENCE_PIECE -> sentencePiece(json);
            default ->
                throw metadata.invalid(
                        TokenizerKeys.MODEL,
                        "'" + model + "'",
                        TokenizerKeys.BYTE_LEVEL + " or " + TokenizerKeys.SENTENCE_PIECE);
        }
        return json;
    }

    private void byteLevel(ObjectNode json) {
        PreTokenizer words = PreTokenizer.named(metadata, TokenizerKeys.PRE);
        json.putNull("normalizer");
        json.set("pre_tokenizer", words.json());
        json.set("post_processor", postProcessor());
        json.set("decoder", PreTokenizer.byteLevel(true));
        ObjectNode model = model(json, false, words.wholeWords());
        ArrayNode merges = model.putArray("merges");
        for (String merge : required(TokenizerKeys.MERGES, metadata.texts(TokenizerKeys.MERGES))) {
            int space = merge.indexOf(' ', 1);
            if (space < 0) {
                throw metadata.invalid(TokenizerKeys.MERGES, "'" + merge + "'", "two tokens with a space between them");
            }
            merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
        }
    }

    private void sentencePiece(ObjectNode json) {
        List<Double> scores = required(TokenizerKeys.SCORES, metadata.reals(TokenizerKeys.SCORES));
        requireSize(TokenizerKeys.SCORES, scores.size());
        boolean prefix = metadata.flag(TokenizerKeys.SPACE_PREFIX, true);
        json.set("normalizer", SpaceEscape.json(prefix));
        json.putNull("pre_tokenizer");
        json.set("post_processor", postProcessor());
        ObjectNode decoder = json.putObject("decoder").put("type", "Sequence");
        ArrayNode steps = decoder.putArray("decoders");
        ObjectNode replace = steps.addObject().put("type", "Replace");
        replace.putObject("pattern").put("String", "▁");
        replace.put("content", " ");
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        if (prefix) {
            steps.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ObjectNode model = model(json, true, false);
        ArrayNode merges = model.putArray("merges");
        for (String[] merge : Merges.of(tokens, types, scores)) {
            merges.addArray().add(merge[0]).add(merge[1]);
        }
    }

    private ObjectNode model(ObjectNode json, boolean byteFallback, boolean wholeWords) {
        ObjectNode model = json.putObject("model").put("type", "BPE");
        model.putNull("dropout");
        Integer unknown = id(TokenizerKeys.UNKNOWN);
        if (byteFallback && unknown != null) {
            model.put("unk_token", tokens.get(unknown));
        } else {
            model.putNull("unk_token");
        }
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", byteFallback).put("byte_fallback", byteFallback).put("ignore_merges", wholeWords);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            if (types.get(id) != TokenType.UNUSED || !tokens.get(id).startsWith("[PAD")) {
                if (vocabulary.has(tokens.get(id))) {
                    throw metadata.invalid(
                            TokenizerKeys.TOKENS, "'" + tokens.get(id) + "' twice", "tokens that differ");
                }
                vocabulary.put(tokens.get(id), id);
            }
        }
        return model;
    }

    private ArrayNode added() {
        ArrayNode added = MAPPER.createArrayNode();
        for (int id = 0; id < tokens.size(); id++) {
            long type = types.get(id);
            if (type == TokenType.CONTROL || type == TokenType.UNKNOWN || type == TokenType.USER_DEFINED) {
                added.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", type != TokenType.USER_DEFINED);
            }
        }
        return added;
    }

    /** Adds BOS and EOS. Readers add BOS by default in SentencePiece tokenizers only. */
    private ObjectNode postProcessor() {
        boolean usual = TokenizerKeys.SENTENCE_PIECE.equals(metadata.text(TokenizerKeys.MODEL));
        Integer bos = metadata.flag(TokenizerKeys.ADD_BOS, usual) ? id(TokenizerKeys.BOS) : null;
        Integer eos = metadata.flag(TokenizerKeys.ADD_EOS, false) ? id(TokenizerKeys.EOS) : null;
        if (bos == null && eos == null) {
            return PreTokenizer.byteLevel(true).put("trim_offsets", false);
        }
        ObjectNode processor = MAPPER.createObjectNode().put("type", "TemplateProcessing");
        sequence(processor.putArray("single"), List.of("A"), bos, eos);
        sequence(processor.putArray("pair"), List.of("A", "B"), bos, eos);
        ObjectNode special = processor.putObject("special_tokens");
        for (Integer id : java.util.Arrays.asList(bos, eos)) {
            if (id != null) {
                ObjectNode token = special.putObject(tokens.get(id)).put("id", tokens.get(id));
                token.putArray("ids").add(id);
                token.putArray("tokens").add(tokens.get(id));
            }
        }
        return processor;
    }

    private void sequence(ArrayNode to, List<String> texts, @Nullable Integer bos, @Nullable Integer eos) {
        for (int i = 0; i < texts.size(); i++) {
            if (bos != null) {
                to.addObject()
                        .putObject("SpecialToken")
                        .put("id", tokens.get(bos))
                        .put("type_id", i);
            }
            to.addObject().putObject("Sequence").put("id", texts.get(i)).put("type_id", i);
            if (eos != null) {
                to.addObject()
                        .putObject("SpecialToken")
                        .put("id", tokens.get(eos))
                        .put("type_id", i);
            }
        }
    }

    // ---- the other files ----

    private ObjectNode config(int context) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put("clean_up_tokenization_spaces", false);
        json.put("model_max_length", context);
        putToken(json, "bos_token", id(TokenizerKeys.BOS));
        putToken(json, "eos_token", id(TokenizerKeys.EOS));
        putToken(json, "pad_token", id(TokenizerKeys.PAD));
        putToken(json, "unk_token", id(TokenizerKeys.UNKNOWN));
        return json;
    }

    private void putToken(ObjectNode json, String role, @Nullable Integer id) {
        if (id != null) {
            json.put(role, tokens.get(id));
        }
    }

    private @Nullable Integer id(String key) {
        return RoleIds.id(metadata, key, tokens.size());
    }
}
