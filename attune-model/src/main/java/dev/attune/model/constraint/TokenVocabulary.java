package dev.attune.model.constraint;

import dev.attune.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of every token of a model, as they appear in the middle of a text, and the tokens by their bytes. Built once
 * for a model; safe for use by several threads.
 */
public final class TokenVocabulary {
    private final byte[] @Nullable [] bytes;
    private final boolean[] ordinary;
    private final TokenTrie trie;
    private final TextMasks masks;

    private TokenVocabulary(byte[] @Nullable [] bytes, boolean[] ordinary) {
        this.bytes = bytes;
        this.ordinary = ordinary;
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < bytes.length; id++) {
            if (isOrdinary(id)) {
                ids.add(id);
            }
        }
        ids.sort(Comparator.comparing(this::known, Arrays::compareUnsigned));
        trie = new TokenTrie(ids, this::known);
        masks = new TextMasks(trie, bytes.length);
    }

    /**
     * Reads the tokens of a tokenizer.
     *
     * @param modelVocabularySize the number of tokens that the model predicts; larger ids are left out
     */
    public static TokenVocabulary of(Tokenizer tokenizer, int modelVocabularySize) {
        TokenBytes reader = TokenBytes.of(tokenizer);
        byte[] @Nullable [] bytes = new byte[modelVocabularySize][];
        boolean[] ordinary = new boolean[modelVocabularySize];
        tokenizer.vocabulary().forEach((token, id) -> {
            if (id < modelVocabularySize) {
                bytes[id] = reader.bytes(token, id);
                ordinary[id] = !tokenizer.isAdded(id);
            }
        });
        return new TokenVocabulary(bytes, ordinary);
    }

    /** The number of tokens that the model predicts. */
    public int size() {
        return bytes.length;
    }

    /** The bytes of a token in UTF-8, perhaps part of a character; null for special tokens and ids without one. */
    public byte @Nullable [] bytes(int id) {
        byte[] own = id >= 0 && id < bytes.length ? bytes[id] : null;
        return own == null ? null : own.clone();
    }

    private byte[] known(int id) {
        byte[] own = bytes[id];
        if (own == null) {
            throw new IllegalArgumentException("token " + id + " has no bytes");
        }
        return own;
    }

    /** Whether a constraint may allow a token: it has bytes and was not added to the vocabulary as a whole word. */
    boolean isOrdinary(int id) {
        byte[] own = id >= 0 && id < bytes.length ? bytes[id] : null;
        return own != null && own.length > 0 && ordinary[id];
    }

    /** The bytes of an ordinary token, 0 to 255. */
    int[] path(int id) {
        byte[] own = known(id);
        int[] values = new int[own.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = own[i] & 0xFF;
        }
        return values;
    }

    TokenTrie trie() {
        return trie;
    }

    TextMasks masks() {
        return masks;
    }
}
