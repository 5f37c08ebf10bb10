package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.tokenizer.TokenizerSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tokenizer and chat template of a model directory as metadata. */
final class TokenizerExport {
    private final TokenizerSource source;
    private final Tokenizer tokenizer;
    private final Metadata metadata;
    private final String[] tokens;
    private final long[] types;
    private final List<String> notes = new ArrayList<>();

    private TokenizerExport(TokenizerSource source, Tokenizer tokenizer, int rows, Metadata metadata) {
        this.source = source;
        this.tokenizer = tokenizer;
        this.metadata = metadata;
        this.tokens = new String[rows];
        this.types = new long[rows];
    }

    /**
     * Writes the metadata.
     *
     * @param tokenizer of the same files, with no id beyond the rows of the embedding
     * @return what a reader of the file will do differently, one sentence each
     * @throws BadInputException naming what GGUF cannot express
     */
    static List<String> write(TokenizerSource source, Tokenizer tokenizer, ModelConfig config, Metadata metadata) {
        TokenizerExport export = new TokenizerExport(source, tokenizer, config.vocabularySize(), metadata);
        export.write();
        return export.notes;
    }

    private void write() {
        ObjectNode model = model();
        boolean sentencePiece = model.path("byte_fallback").asBoolean(false);
        fillTokens(model, sentencePiece);
        if (sentencePiece) {
            writeSentencePiece(model);
        } else {
            writeByteLevel(model);
        }
        writeIds();
        writeAdded();
        writeTemplates();
    }

    private ObjectNode model() {
        if (source.json().path("model") instanceof ObjectNode model
                && model.path("type").asString("BPE").equals("BPE")) {
            return model;
        }
        throw refusal("model", source.json().path("model").path("type").toString(), "BPE");
    }

    private void fillTokens(ObjectNode model, boolean sentencePiece) {
        Arrays.fill(types, TokenType.UNUSED);
        for (int id = 0; id < tokens.length; id++) {
            tokens[id] = "[PAD" + id + "]";
        }
        for (var entry : model.path("vocab").properties()) {
            boolean isByte = sentencePiece && entry.getKey().matches("<0x[0-9A-F]{2}>");
            set(entry.getValue().asInt(), entry.getKey(), isByte ? TokenType.BYTE : TokenType.NORMAL);
        }
        for (JsonNode added : source.json().path("added_tokens")) {
            boolean special = added.path("special").asBoolean(false);
            set(
                    added.path("id").asInt(),
                    added.path("content").asString(""),
                    special ? TokenType.CONTROL : TokenType.USER_DEFINED);
            noteWhiteSpace(added);
        }
        tokenizer.controlTokens().forEach((text, id) -> set(id, text, TokenType.CONTROL)); // tokens with a role too
        Integer unknown = role("unk_token");
        if (sentencePiece && unknown != null) {
            types[unknown] = TokenType.UNKNOWN;
        }
    }

    private void set(int id, String text, long type) {
        tokens[id] = text;
        types[id] = type;
    }

    private void noteWhiteSpace(JsonNode added) {
        if (added.path("lstrip").asBoolean(false) || added.path("rstrip").asBoolean(false)) {
            notes.add("token " + added.path("content") + " swallows white space beside it (lstrip or rstrip), which"
                    + " GGUF cannot express; llama.cpp may keep this white space");
        }
    }

    // ---- byte-level BPE ----

    private void writeByteLevel(ObjectNode model) {
        requireNormalizer(List.of("", "NFC"));
        requireNull(model, "continuing_subword_prefix");
        requireNull(model, "end_of_word_suffix");
        metadata.put(TokenizerKeys.MODEL, TokenizerKeys.BYTE_LEVEL);
        metadata.put(
                TokenizerKeys.PRE,
                PreTokenizer.of(source.place(), source.json()).ggufName());
        writeVocabulary();
        metadata.putTexts(TokenizerKeys.MERGES, Merges.read(source.place(), model));
    }

    private void requireNull(ObjectNode model, String key) {
        if (!model.path(key).asString("").isEmpty()) {
            throw refusal("model." + key, model.path(key).toString(), "nothing");
        }
    }

    /** Unicode normalization to NFC is accepted: nearly all texts have this form already. */
    private void requireNormalizer(List<String> types) {
        String type = source.json().path("normalizer").path("type").asString("");
        if (!types.contains(type)) {
            throw refusal("normalizer", type, "none or NFC");
        }
    }

    private void writeVocabulary() {
        metadata.putTexts(TokenizerKeys.TOKENS, Arrays.asList(tokens));
        metadata.putWholes(TokenizerKeys.TYPES, Arrays.stream(types));
    }

    // ---- SentencePiece ----

    private void writeSentencePiece(ObjectNode model) {
        SpaceEscape spaces = SpaceEscape.of(source);
        notes.addAll(spaces.notes());
        for (int value = 0; value < 256; value++) {
            if (!model.path("vocab").has("<0x%02X>".formatted(value))) {
                throw refusal("model.vocab", "no token <0x%02X>".formatted(value), "a token for each byte");
            }
        }
        metadata.put(TokenizerKeys.MODEL, TokenizerKeys.SENTENCE_PIECE);
        metadata.put(TokenizerKeys.PRE, "default");
        writeVocabulary();
        metadata.putReals(TokenizerKeys.SCORES, Merges.scores(Merges.read(source.place(), model), tokens, types));
        metadata.put(TokenizerKeys.SPACE_PREFIX, spaces.prefix());
    }

    // ---- tokens with a role ----

    private void writeIds() {
        putIfThere(TokenizerKeys.BOS, tokenizer.bosId());
        putIfThere(TokenizerKeys.UNKNOWN, role("unk_token"));
        putIfThere(TokenizerKeys.PAD, role("pad_token"));
        List<Integer> ends = List.copyOf(ConversationEncoder.of(tokenizer).endTokens());
        if (ends.isEmpty()) {
            throw refusal("eos_token of tokenizer_config.json", "nothing", "a token that ends a text");
        }
        List<String> keys = RoleIds.ENDS;
        if (ends.size() > keys.size()) {
            throw refusal("eos_token_id of generation_config.json", ends.size() + " tokens " + ends, "at most three");
        }
        for (int i = 0; i < ends.size(); i++) {
            metadata.put(keys.get(i), ends.get(i));
        }
    }

    private @Nullable Integer role(String role) {
        String text = tokenizer.specialTokens().get(role);
        return text == null ? null : tokenizer.idOf(text);
    }

    private void putIfThere(String key, @Nullable Integer id) {
        if (id != null) {
            metadata.put(key, id);
        }
    }

    /** The tokens that a tokenizer adds to each text: found by encoding one. */
    private void writeAdded() {
        int[] plain = tokenizer.encode("a");
        int[] whole = tokenizer.encodeWithSpecials("a");
        Integer bos = tokenizer.bosId();
        Integer eos = tokenizer.eosId();
        boolean first = bos != null && whole.length > plain.length && whole[0] == bos;
        boolean last = eos != null && whole.length > plain.length + (first ? 1 : 0) && whole[whole.length - 1] == eos;
        if (whole.length != plain.length + (first ? 1 : 0) + (last ? 1 : 0)) {
            throw refusal(
                    "post_processor",
                    Arrays.toString(whole) + " for " + Arrays.toString(plain),
                    "BOS before, EOS after");
        }
        metadata.put(TokenizerKeys.ADD_BOS, first).put(TokenizerKeys.ADD_EOS, last);
    }

    private void writeTemplates() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> template : source.templates().entrySet()) {
            if (template.getKey().equals(TokenizerSource.DEFAULT_TEMPLATE)) {
                metadata.put(TokenizerKeys.TEMPLATE, template.getValue());
            } else {
                names.add(template.getKey());
                metadata.put(TokenizerKeys.TEMPLATE + "." + template.getKey(), template.getValue());
            }
        }
        if (!names.isEmpty()) {
            metadata.putTexts(TokenizerKeys.TEMPLATES, names);
        }
    }

    private BadInputException refusal(String key, String found, String expected) {
        return BadInputException.at(
                source.place() + ", key " + key,
                found,
                expected + ", because GGUF cannot express it",
                "use the Hugging Face directory");
    }
}
