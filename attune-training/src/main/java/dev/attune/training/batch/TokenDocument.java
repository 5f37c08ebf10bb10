package dev.attune.training.batch;

import java.util.Arrays;

/**
 * One sequence of tokens and where learning starts in it.
 *
 * @param tokens the end token included, where the text ended
 * @param learnFrom the first token that is a target: 0 for whole documents (whose first token nothing predicts), the
 *     prompt's length for completions
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenDocument(int[] tokens, int learnFrom) {
    public TokenDocument {
        if (learnFrom < 0 || learnFrom > tokens.length) {
            throw new IllegalArgumentException("learning from " + learnFrom + " of " + tokens.length + " tokens");
        }
    }

    /** A document all of which is learned. */
    public static TokenDocument whole(int... tokens) {
        return new TokenDocument(tokens, 0);
    }

    /** A prompt with its completion, which alone is learned. */
    public static TokenDocument completion(int[] prompt, int[] completion) {
        int[] tokens = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
        return new TokenDocument(tokens, prompt.length);
    }

    public int length() {
        return tokens.length;
    }

    /** The first position that is a target: never the first token, which nothing precedes. */
    public int firstTarget() {
        return Math.max(1, learnFrom);
    }

    /** How many tokens are targets. */
    public int targets() {
        return Math.max(0, tokens.length - firstTarget());
    }
}
