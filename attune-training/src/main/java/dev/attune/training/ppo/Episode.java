package dev.attune.training.ppo;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.reward.WeightedRewards;

/**
 * One rollout while it is made and learned from: what is measured once, before any update. Arrays have one number an action:
 * tokens that an environment wrote are no part of them, so that neither KL nor advantages nor losses can see them.
 */
final class Episode {
    final Prompt prompt;
    final String text;
    final Transcript transcript;
    final PackedRow row;
    private final int length;

    /** Whether the tokenizer reads other tokens in the text than the policy sampled; false in an environment. */
    boolean retokenized;

    WeightedRewards.Score score = new WeightedRewards.Score(0, java.util.Map.of());
    double reward;
    float[] logProbabilities = {};
    float[] referenceLogProbabilities = {};
    float[] values = {};
    float[] kl = {};
    float[] rewards = {};
    float[] advantages = {};
    float[] whitened = {};
    float[] returns = {};

    Episode(Prompt prompt, String text, Transcript transcript) {
        this.prompt = prompt;
        this.text = text;
        this.transcript = transcript;
        this.row = transcript.row();
        this.length = transcript.actions();
    }

    /** How many tokens the policy drew, the end token included. */
    int length() {
        return length;
    }

    /** Whether the policy, or its environment, ended the episode. */
    boolean ended() {
        return transcript.ended();
    }

    /** Whether there is something to learn from: the environment kept its contract. */
    boolean isValid() {
        return transcript.fault() == null;
    }

    PromptCompletion exchange() {
        return new PromptCompletion(prompt, text);
    }

    /** The record that is kept. */
    Rollout record() {
        return new Rollout(
                prompt,
                text,
                transcript.prompt(),
                transcript.tokens(),
                transcript.mask(),
                transcript.spread(logProbabilities),
                transcript.spread(referenceLogProbabilities),
                transcript.spread(values),
                transcript.spread(kl),
                transcript.spread(rewards),
                transcript.spread(advantages),
                transcript.spread(returns),
                score.total(),
                score.byName(),
                transcript.stop(),
                transcript.turns(),
                transcript.fault());
    }
}
