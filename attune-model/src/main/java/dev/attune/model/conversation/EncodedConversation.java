package dev.attune.model.conversation;

import java.util.Arrays;

/**
 * A conversation as tokens.
 *
 * @param ids token ids
 * @param learned per token 1 if supervised fine-tuning learns it, else 0 ({@code assistant_masks} of transformers)
 * @param completionStart index of the answer's first token, after the prompt
 * @param ending how many of the last tokens end the last turn: they stay if the sequence is cut
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedConversation(int[] ids, int[] learned, int completionStart, int ending) {
    public EncodedConversation {
        if (learned.length != ids.length || completionStart > ids.length || ending > ids.length) {
            throw new IllegalArgumentException(ids.length + " tokens, " + learned.length + " marks, completion from "
                    + completionStart + ", ending " + ending);
        }
    }

    /** A prompt with its answer; only the answer is learned. */
    static EncodedConversation completion(int[] prompt, int[] answer, int ending) {
        int[] ids = Arrays.copyOf(prompt, prompt.length + answer.length);
        System.arraycopy(answer, 0, ids, prompt.length, answer.length);
        return from(ids, prompt.length, ending);
    }

    /** Tokens that are learned from an index on. */
    static EncodedConversation from(int[] ids, int completionStart, int ending) {
        int[] learned = new int[ids.length];
        Arrays.fill(learned, completionStart, ids.length, 1);
        return new EncodedConversation(ids, learned, completionStart, ending);
    }

    public int length() {
        return ids.length;
    }

    /** How many tokens are learned. */
    public int learnedTokens() {
        return Arrays.stream(learned).sum();
    }
}
