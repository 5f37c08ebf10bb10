package dev.attune.training.reward;

import dev.attune.model.transformer.RewardModel;
import dev.attune.training.advantage.Moments;
import java.util.Locale;

/**
 * The affine map that gives scores mean 0 and variance 1 over reference sequences: r' = g r + b with g = 1 / sigma and
 * b = - g mu, as in lm-human-preferences. The gain is folded into the head's weight and the shift into
 * {@code reward_bias}. The head of a Hugging Face model has no bias, so in other programs scores are shifted, with the
 * same preferences.
 *
 * @param gain g
 * @param shift b
 * @param sample the reference sequences in words
 */
public record Normalization(double gain, double shift, String sample) {
    private static final double MIN_DEVIATION = 1e-6;

    /**
     * The map for these scores; scores that do not vary are only shifted.
     *
     * @param sample the reference sequences in words
     */
    public static Normalization of(float[] scores, String sample) {
        Moments moments = Moments.of(scores);
        double gain = moments.standardDeviation() < MIN_DEVIATION ? 1 : 1 / moments.standardDeviation();
        return new Normalization(gain, -gain * moments.mean(), sample);
    }

    /** The map in words, for the run's notes. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "scores normalized to mean 0 and variance 1 over %s: score = %.4f x raw score %+.4f",
                sample,
                gain,
                shift);
    }

    /** Folds the map into the model. */
    public void applyTo(RewardModel model) {
        model.scale(gain);
        model.setRewardBias(model.rewardBias() + shift);
    }
}
