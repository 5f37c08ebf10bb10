package dev.attune.core.hacking;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rollouts of given tokens and score. */
final class SampleRollouts {
    private SampleRollouts() {}

    static Rollout of(double score, int... tokens) {
        float[] zeros = new float[tokens.length];
        int[] mask = new int[tokens.length];
        Arrays.fill(mask, 1);
        return new Rollout(
                Prompt.text("Where?"),
                "Here.",
                new int[] {5},
                tokens,
                mask,
                zeros,
                zeros,
                null,
                zeros,
                zeros,
                zeros,
                zeros,
                score,
                Map.of(),
                Map.of(),
                "end_token",
                List.of(),
                null);
    }
}
