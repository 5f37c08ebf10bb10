package dev.attune.model.transformer;

/**
 * A prompt with its completion, as input of a reward model.
 *
 * @param tokens prompt, completion and its end tokens; at least one
 * @param completionStart index of the completion's first token; the number of tokens if the completion has none
 */
@SuppressWarnings("ArrayRecordComponent")
public record RewardSequence(int[] tokens, int completionStart) {
    public RewardSequence {
        if (tokens.length == 0 || completionStart < 0 || completionStart > tokens.length) {
            throw new IllegalArgumentException(
                    "a completion from " + completionStart + " of " + tokens.length + " tokens");
        }
    }

    public int length() {
        return tokens.length;
    }

    /**
     * The first token that mean pooling reads: the completion's first, or the last token if the completion has none.
     */
    int firstPooled() {
        return Math.min(completionStart, tokens.length - 1);
    }
}
