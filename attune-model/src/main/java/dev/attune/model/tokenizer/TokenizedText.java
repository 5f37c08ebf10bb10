package dev.attune.model.tokenizer;

import java.util.Arrays;

/**
 * A tokenized text with the span of each token. Several tokens that encode one character have the same span.
 *
 * @param ids token ids
 * @param starts per token, the index of its first UTF-16 unit
 * @param ends per token, the index after its last UTF-16 unit
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenizedText(int[] ids, int[] starts, int[] ends) {
    public TokenizedText {
        if (starts.length != ids.length || ends.length != ids.length) {
            throw new IllegalArgumentException(ids.length + " tokens with " + starts.length + " places");
        }
    }

    public int length() {
        return ids.length;
    }

    /** The first token that covers the character at an index, or -1 if none does. */
    public int tokenAt(int index) {
        for (int token = 0; token < ids.length; token++) {
            if (starts[token] <= index && index < ends[token]) {
                return token;
            }
        }
        return -1;
    }

    /** The first token that ends after an index; the number of tokens if there is none. */
    public int firstEndingAfter(int index) {
        for (int token = 0; token < ids.length; token++) {
            if (ends[token] > index) {
                return token;
            }
        }
        return ids.length;
    }

    /** Whether the tokens begin with those of another text. */
    public boolean startsWith(int... prefix) {
        return prefix.length <= ids.length && Arrays.equals(ids, 0, prefix.length, prefix, 0, prefix.length);
    }
}
