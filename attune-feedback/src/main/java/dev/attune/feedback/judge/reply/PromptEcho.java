package dev.attune.feedback.judge.reply;

/** Removes the prompt that some servers return in front of the reply. */
public final class PromptEcho {
    /** Shorter prompts are removed only at the very beginning. */
    private static final int MIN_LENGTH = 20;

    private PromptEcho() {}

    /** The new text of a reply. */
    public static String strip(String reply, String prompt) {
        String asked = prompt.strip();
        if (asked.isEmpty()) {
            return reply;
        }
        int at = asked.length() >= MIN_LENGTH
                ? reply.lastIndexOf(asked)
                : reply.stripLeading().indexOf(asked) == 0 ? reply.indexOf(asked) : -1;
        return at < 0 ? reply : reply.substring(at + asked.length());
    }
}
