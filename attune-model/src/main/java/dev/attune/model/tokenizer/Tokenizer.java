package dev.attune.model.tokenizer;

import dev.attune.core.text.TextSpan;
import dev.attune.model.template.ChatTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes text as token ids and decodes them. Safe for use by several threads until it is closed. */
public interface Tokenizer extends AutoCloseable {
    /** The tokens of the text, with nothing added. Special tokens in the text are recognised. */
    int[] encode(String text);

    /** The tokens of the text with those that the tokenizer adds by itself, such as BOS. */
    int[] encodeWithSpecials(String text);

    /** {@link #encode} for many texts, in order; faster than one by one. */
    List<int[]> encodeAll(List<String> texts);

    /** {@link #encode} with the span of each token in the text. */
    default TokenizedText tokenize(String text) {
        throw new UnsupportedOperationException("this tokenizer does not report the spans of its tokens");
    }

    /**
     * The tokens of a text in which some special words are plain text, as transformers gives them with
     * {@code sanitize_control_tokens}.
     *
     * @param literal the special words that are text, in order, each of them one of {@link #controlTokens()}
     */
    default TokenizedText tokenize(String text, List<TextSpan> literal) {
        return tokenize(text);
    }

    /** Special tokens by their text, as {@link #encode} recognises them inside a text. */
    default Map<String, Integer> controlTokens() {
        return Map.of();
    }

    /** Whether a token was added to the vocabulary as a whole word, special or not. */
    default boolean isAdded(int id) {
        return controlTokens().containsValue(id);
    }

    /** The text of the tokens, without special tokens. */
    String decode(int[] ids);

    /** The text of the tokens, special tokens included. */
    String decodeRaw(int[] ids);

    /** One more than the largest id, added tokens included. A model's embedding may be larger. */
    int vocabularySize();

    /** All tokens with their ids, added tokens included. */
    Map<String, Integer> vocabulary();

    /** The id of exactly this token, or null if there is none. */
    @Nullable
    Integer idOf(String token);

    /** The id of the BOS token, or null. */
    @Nullable
    Integer bosId();

    /** The id of the EOS token: the first of {@link #eosIds()}, or null. */
    @Nullable
    Integer eosId();

    /** Every token after which generation stops. */
    List<Integer> eosIds();

    /** The id of the padding token; 0 if the model names none. */
    int padId();

    /** The model's chat template, or null if it has none. */
    @Nullable
    ChatTemplate chatTemplate();

    /** The special tokens as text, by their names in templates: {@code bos_token}, {@code eos_token}, ... */
    Map<String, String> specialTokens();

    /** Writes the tokenizer's files, and the generation_config.json it was loaded with, into a model directory. */
    void save(Path directory);

    @Override
    void close();
}
