package dev.attune.core.rollout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Rollout} that lists and statistics need; the rest of its line is skipped when it is read. */
@JsonIgnoreProperties(ignoreUnknown = true)
@SuppressWarnings("ArrayRecordComponent")
public record RolloutOutline(
        Prompt prompt,
        int[] tokens,
        int[] mask,
        float[] kl,
        double score,
        String stop,
        @Nullable String fault) {
    /** How many tokens the policy sampled. */
    public int length() {
        return Arrays.stream(mask).sum();
    }

    /** As {@link Rollout#sequenceKl}. */
    public double sequenceKl() {
        return Rollout.sequenceKl(kl, mask);
    }

    /** Whether it was cut off: neither the policy nor an environment ended it. */
    public boolean truncated() {
        return stop.equals("length");
    }

    /** The last message of the prompt. */
    public String lastMessage() {
        List<Message> messages = prompt.messages();
        return messages.isEmpty() ? "" : messages.get(messages.size() - 1).content();
    }

    /** The policy's tokens, one array for each stretch between tokens of the environment. */
    public List<int[]> actions() {
        List<int[]> pieces = new ArrayList<>();
        for (int from = 0; from < tokens.length; ) {
            int to = from;
            while (to < tokens.length && mask[to] == mask[from]) {
                to++;
            }
            if (mask[from] == 1) {
                pieces.add(Arrays.copyOfRange(tokens, from, to));
            }
            from = to;
        }
        return pieces;
    }
}
