package dev.attune.feedback.judge.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes the thoughts of reasoning models from their replies. */
public final class ThinkBlocks {
    private static final Pattern TAG = Pattern.compile(
            "[<\\[\\u25c1]\\s*(?<close>/?)\\s*(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad)"
                    + "(?:\\s[^<>\\]]{0,80})?\\s*[>\\]\\u25b7]",
            Pattern.CASE_INSENSITIVE);

    private ThinkBlocks() {}

    /**
     * The reply without its think blocks. Text before a closing tag without an opening one is a thought too: some chat
     * templates write the opening tag into the prompt.
     *
     * @return empty if a block is not closed: the reply was cut off while thinking
     */
    public static Optional<String> strip(String reply) {
        StringBuilder kept = new StringBuilder();
        Matcher tag = TAG.matcher(reply);
        int depth = 0;
        int from = 0;
        while (tag.find()) {
            boolean closes = !tag.group("close").isEmpty();
            if (depth == 0) {
                kept.append(reply, from, tag.start());
            }
            if (closes && depth == 0) {
                kept.setLength(0);
            }
            depth = Math.max(0, depth + (closes ? -1 : 1));
            from = tag.end();
        }
        return depth > 0
                ? Optional.empty()
                : Optional.of(kept.append(reply.substring(from)).toString());
    }
}
