package dev.attune.model.conversation;

/**
 * A prompt with the steps of its solution as tokens.
 *
 * @param ids of the prompt, then of each step and its mark
 * @param completionStart index of the first step's first token
 * @param ends index of the last token of each step's mark, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedSteps(int[] ids, int completionStart, int[] ends) {
    public int length() {
        return ids.length;
    }
}
