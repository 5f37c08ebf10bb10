package dev.attune.model.conversation;

/** Finds the index at which a rendered conversation continues after its prompt. */
final class Continuation {
    /** Minimum number of common characters. */
    private static final int MIN_COMMON = 1;

    private Continuation() {}

    /**
     * The index in {@code whole} after the best match for the end of the prompt: if the whole begins with the prompt,
     * the prompt's length. The best match has the longest common text before the index; of several, the last one is
     * taken.
     *
     * @param whole a conversation up to the answer, or with it if the answer's place is not known
     * @return -1 if nothing in it matches the prompt's end
     */
    static int start(String prompt, String whole) {
        if (whole.startsWith(prompt)) {
            return prompt.length();
        }
        int best = -1;
        int longest = MIN_COMMON - 1;
        for (int end = whole.length(); end > longest; end--) {
            int common = 0;
            int maxCommon = Math.min(end, prompt.length());
            while (common < maxCommon
                    && whole.charAt(end - 1 - common) == prompt.charAt(prompt.length() - 1 - common)) {
                common++;
            }
            if (common > longest) {
                longest = common;
                best = end;
            }
        }
        return best;
    }
}
