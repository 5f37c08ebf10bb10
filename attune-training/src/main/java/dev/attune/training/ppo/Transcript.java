package dev.attune.training.ppo;

import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.rollout.Rollout;
import dev.attune.model.generation.Generated;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TokenDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an episode and who wrote them.
 *
 * @param prompt the first state
 * @param tokens what followed: actions, and states between them
 * @param mask 1 where the token is the policy's action, 0 where an environment wrote it
 * @param turns of an environment; empty for a single completion
 * @param stop why it ended, as in {@link Rollout#stop}
 * @param ended whether it came to its own end
 * @param fault as in {@link Rollout#fault}
 */
@SuppressWarnings("ArrayRecordComponent")
record Transcript(
        int[] prompt,
        int[] tokens,
        int[] mask,
        List<Rollout.Turn> turns,
        String stop,
        boolean ended,
        @Nullable String fault) {

    /** A prompt with one completion. */
    static Transcript of(Generated generated) {
        int[] mask = new int[generated.tokens().length];
        Arrays.fill(mask, 1);
        return new Transcript(
                generated.prompt(),
                generated.tokens(),
                mask,
                List.of(),
                word(generated.stop()),
                generated.stop() != StopReason.LENGTH,
                null);
    }

    static String word(StopReason stop) {
        return stop.name().toLowerCase(Locale.ROOT);
    }

    /** How many tokens the policy drew, end tokens included. */
    int actions() {
        return Arrays.stream(mask).sum();
    }

    /** For each turn one past its last action, counted in actions; one entry where there are no turns. */
    int[] turnEnds() {
        if (turns.isEmpty()) {
            return new int[] {actions()};
        }
        int[] ends = new int[turns.size()];
        int end = 0;
        for (int turn = 0; turn < ends.length; turn++) {
            end += turns.get(turn).to() - turns.get(turn).from();
            ends[turn] = end;
        }
        return ends;
    }

    /** The row through which the models measure and learn: its targets are the actions alone. */
    PackedRow row() {
        int[] all = Arrays.copyOf(prompt, prompt.length + tokens.length);
        System.arraycopy(tokens, 0, all, prompt.length, tokens.length);
        int[] learned = new int[all.length];
        System.arraycopy(mask, 0, learned, prompt.length, mask.length);
        return PackedRow.of(new TokenDocument(all, prompt.length, learned));
    }

    /** Numbers of actions, spread over all tokens; 0 where the environment wrote. */
    float[] spread(float[] ofActions) {
        float[] all = new float[tokens.length];
        int action = 0;
        for (int t = 0; t < all.length; t++) {
            if (mask[t] == 1 && action < ofActions.length) {
                all[t] = ofActions[action++];
            }
        }
        return all;
    }
}
