package dev.attune.training.ppo;

import dev.attune.core.model.TextCompletion;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Exchange;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.reward.WeightedRewards;
import java.util.Arrays;
import java.util.Locale;

/** One rollout while it is made and learned from: what is measured once, before any update. */
final class Episode {
    final Prompt prompt;
    final String text;
    final Generated generated;
    final PackedRow row;
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

    Episode(Prompt prompt, String text, Generated generated) {
        this.prompt = prompt;
        this.text = text;
        this.generated = generated;
        this.row = PackedRow.of(TokenDocument.completion(generated.prompt(), generated.tokens()));
    }

    /** How many tokens the policy drew, the end token included. */
    int length() {
        return generated.tokens().length;
    }

    /** Whether the policy itself ended the completion. */
    boolean ended() {
        return generated.stop() != TextCompletion.StopReason.LENGTH;
    }

    Exchange exchange() {
        return new Exchange(prompt, text);
    }

    /** The record that is kept. */
    Rollout record() {
        int[] mask = new int[length()];
        Arrays.fill(mask, 1);
        return new Rollout(
                prompt,
                text,
                generated.prompt(),
                generated.tokens(),
                mask,
                logProbabilities,
                referenceLogProbabilities,
                values,
                kl,
                rewards,
                advantages,
                returns,
                score.total(),
                score.byName(),
                generated.stop().name().toLowerCase(Locale.ROOT));
    }
}
