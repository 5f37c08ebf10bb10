package dev.attune.training.onpolicy;

import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.rollout.Rollout;
import dev.attune.model.generation.Generated;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TokenDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an episode and who wrote them.
 *
 * @param prompt the first state
 * @param tokens the tokens after it: actions, and states between them
 * @param mask 1 if the token is the policy's action, 0 if it is an environment's
 * @param turns of an environment; empty for a single completion
 * @param stop why it ended, as in {@link Rollout#stop}
 * @param fault as in {@link Rollout#fault}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Transcript(
        int[] prompt,
        int[] tokens,
        int[] mask,
        List<Rollout.Turn> turns,
        String stop,
        @Nullable String fault) {
    static final String ENVIRONMENT = "environment";
    static final String FAULT = "fault";
    static final String LENGTH = "length";
    static final String MAX_TURNS = "max_turns";

    private static final Set<String> CUT_OFF = Set.of(FAULT, LENGTH, MAX_TURNS);

    /** A prompt with one completion. */
    static Transcript of(Generated generated) {
        return of(generated.prompt(), generated.tokens(), generated.stop());
    }

    /** A prompt with one completion, all of whose tokens the policy wrote. */
    static Transcript of(int[] prompt, int[] completion, StopReason stop) {
        int[] mask = new int[completion.length];
        Arrays.fill(mask, 1);
        return new Transcript(prompt, completion, mask, List.of(), stop.name().toLowerCase(Locale.ROOT), null);
    }

    /** Whether the policy or the environment ended it. */
    public boolean ended() {
        return !CUT_OFF.contains(stop);
    }

    /** The number of tokens that the policy sampled, end tokens included. */
    public int actions() {
        return Arrays.stream(mask).sum();
    }

    /** For each turn one past its last action, counted in actions; one entry if there are no turns. */
    public int[] turnEnds() {
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

    /** The document for measuring and training; its targets are only the actions. */
    public PackedRow row() {
        return PackedRow.of(TokenDocument.actions(prompt, tokens, mask));
    }

    /** Spreads numbers of actions over all tokens; 0 at tokens of the environment. */
    public float[] spread(float[] ofActions) {
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
