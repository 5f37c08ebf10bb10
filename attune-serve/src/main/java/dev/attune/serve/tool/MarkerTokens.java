package dev.attune.serve.tool;

import dev.attune.serve.text.TokenBytes;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Finds a marker in the text of tokens, and knows which tokens would go on after it. The marker's first character occurs in it
 * once.
 */
public final class MarkerTokens {
    private final TokenBytes bytes;
    private final byte[] marker;
    private final BitSet[] allowed;

    MarkerTokens(TokenBytes bytes, int vocabularySize, String marker) {
        this.bytes = bytes;
        this.marker = marker.getBytes(StandardCharsets.UTF_8);
        this.allowed = new BitSet[this.marker.length];
        for (int state = 0; state < allowed.length; state++) {
            allowed[state] = new BitSet(vocabularySize);
            for (int id = 0; id < vocabularySize; id++) {
                allowed[state].set(id, next(state, id) >= 0);
            }
        }
    }

    /** The tokens in which the marker, if they complete it, is the end. */
    BitSet allowed(int matched) {
        return allowed[matched];
    }

    /** The tokens that are nothing but the next part of the marker. */
    BitSet continuing(int matched) {
        BitSet tokens = new BitSet();
        for (int id = allowed[matched].nextSetBit(0); id >= 0; id = allowed[matched].nextSetBit(id + 1)) {
            byte[] piece = bytes.bytes(id);
            if (piece != null && piece.length > 0 && next(matched, id) == matched + piece.length) {
                tokens.set(id);
            }
        }
        return tokens;
    }

    boolean complete(int matched) {
        return matched == marker.length;
    }

    /**
     * How many bytes of the marker end the text after this token; -1 if text follows the marker.
     *
     * @param matched the same before this token
     */
    int next(int matched, int token) {
        byte[] piece = bytes.bytes(token);
        int state = matched;
        for (int i = 0; piece != null && i < piece.length; i++) {
            if (state == marker.length) {
                return -1;
            }
            state = piece[i] == marker[state] ? state + 1 : piece[i] == marker[0] ? 1 : 0;
        }
        return state;
    }
}
