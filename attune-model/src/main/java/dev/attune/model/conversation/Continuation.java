package dev.attune.model.conversation;

/** Where a rendered conversation goes on from what a prompt ends with. */
final class Continuation {
    /** Fewer characters in common say nothing. */
    private static final int SHORTEST = 1;

    private Continuation() {}

    /**
     * The index in {@code whole} behind the place that is most like the end of the prompt: if the whole begins with the
     * prompt, the prompt's length. The best place is the one with the longest text in common before it, and the last one of
     * those.
     *
     * @param whole a conversation up to the answer, or with it if the answer's place is not known
     * @return -1 if nothing in it looks like the prompt's end
     */
    static int start(String prompt, String whole) {
        if (whole.startsWith(prompt)) {
            return prompt.length();
        }
        int best = -1;
        int longest = SHORTEST - 1;
        for (int end = whole.length(); end > longest; end--) {
            int common = 0;
            int most = Math.min(end, prompt.length());
            while (common < most && whole.charAt(end - 1 - common) == prompt.charAt(prompt.length() - 1 - common)) {
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
