package dev.attune.model.tokenizer;

import dev.attune.model.template.ChatTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns text into token ids and back. Safe for use by several threads until it is closed. */
public interface Tokenizer extends AutoCloseable {
    /** The tokens of the text, with nothing added. Special tokens that stand in the text are recognised. */
    int[] encode(String text);

    /** The tokens of the text with what the tokenizer adds by itself, such as a token that begins texts. */
    int[] encodeWithSpecials(String text);

    /** {@link #encode} for many texts, in order; faster than one by one. */
    List<int[]> encodeAll(List<String> texts);

    /** {@link #encode} with the place of each token in the text. */
    default TokenizedText tokenize(String text) {
        throw new UnsupportedOperationException("this tokenizer does not report the places of its tokens");
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

    /** The id of exactly this token, or null where there is none. */
    @Nullable
    Integer idOf(String token);

    /** What begins a text, or null. */
    @Nullable
    Integer bosId();

    /** What ends a text or a turn; the first of {@link #eosIds()}, or null. */
    @Nullable
    Integer eosId();

    /** Every token after which generation stops. */
    List<Integer> eosIds();

    /** What fills batches; 0 where the model names none. */
    int padId();

    /** How the model wants conversations written, or null where its files do not say. */
    @Nullable
    ChatTemplate chatTemplate();

    /** The special tokens as text, by the names that templates know: {@code bos_token}, {@code eos_token}, ... */
    Map<String, String> specialTokens();

    /** Writes the tokenizer's files, and the generation_config.json it was loaded with, into a model directory. */
    void save(Path directory);

    @Override
    void close();
}
