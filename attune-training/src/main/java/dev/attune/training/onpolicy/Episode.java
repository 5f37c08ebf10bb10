package dev.attune.training.onpolicy;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.reward.WeightedRewards;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rollout with the figures that are computed once, before any update. Arrays have one number per sampled token and
 * none for tokens of an environment, which are therefore not part of KL, advantages or losses.
 */
public final class Episode {
    final Prompt prompt;
    private final Map<String, @Nullable Object> columns;
    final String text;
    final Transcript transcript;
    final PackedRow row;
    private final int length;

    /** Whether the tokenizer reads other tokens in the text than the policy sampled; false in an environment. */
    boolean retokenized;

    /** Which episodes were sampled together, for methods that compare them. */
    long group;

    /** Whether no reward function had a score: such an episode is out of the loss. */
    boolean unscored;

    WeightedRewards.Score score = WeightedRewards.Score.weighted(Map.of(), name -> 1);
    double reward;
    float[] logProbabilities = {};
    float[] referenceLogProbabilities = {};
    float[] entropies = {};
    float[] values = {};
    float[] kl = {};
    float[] rewards = {};
    float[] advantages = {};
    float[] whitened = {};
    float[] returns = {};

    Episode(Prompt prompt, String text, Transcript transcript) {
        this(new PromptItem(prompt, Map.of()), text, transcript);
    }

    Episode(PromptItem item, String text, Transcript transcript) {
        this.prompt = item.prompt();
        this.columns = item.columns();
        this.text = text;
        this.transcript = transcript;
        this.row = transcript.row();
        this.length = transcript.actions();
    }

    /** log pi_old of each token: of the policy that sampled them. */
    public float[] logProbabilities() {
        return logProbabilities;
    }

    /** log pi_ref of each token; empty without a reference. */
    public float[] referenceLogProbabilities() {
        return referenceLogProbabilities;
    }

    /** The advantage of each token as the loss takes it. */
    public float[] whitened() {
        return whitened;
    }

    /** The number of tokens that the policy sampled, end token included. */
    public int length() {
        return length;
    }

    /** Whether the policy, or its environment, ended the episode. */
    public boolean ended() {
        return transcript.ended();
    }

    /** Whether the environment returned no fault. */
    public boolean isValid() {
        return transcript.fault() == null;
    }

    public PromptCompletion promptCompletion() {
        return new PromptCompletion(prompt, text, columns);
    }

    /** The rollout as it is recorded in files. */
    @SuppressWarnings("NullAway") // takes the annotation of an array for that of its elements
    public Rollout record() {
        return new Rollout(
                prompt,
                text,
                transcript.prompt(),
                transcript.tokens(),
                transcript.mask(),
                transcript.spread(logProbabilities),
                optional(referenceLogProbabilities),
                optional(values),
                transcript.spread(kl),
                transcript.spread(rewards),
                transcript.spread(advantages),
                transcript.spread(returns),
                score.total(),
                score.byName(),
                score.reasons(),
                transcript.stop(),
                transcript.turns(),
                transcript.fault());
    }

    /** The numbers of all tokens, or null if there are none. */
    private float @Nullable [] optional(float[] ofActions) {
        return ofActions.length == 0 && length > 0 ? null : transcript.spread(ofActions);
    }
}
