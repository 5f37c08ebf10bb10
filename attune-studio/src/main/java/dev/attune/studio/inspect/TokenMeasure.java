package dev.attune.studio.inspect;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** The value by which tokens are coloured. */
public enum TokenMeasure implements ConfigNamed {
    REWARD("reward", "the rewards behind the advantages: the KL penalty, and the score at the end") {
        @Override
        float[] numbers(Rollout rollout) {
            return rollout.rewards();
        }
    },
    KL("KL", "the KL estimate of the penalty, in nats") {
        @Override
        float[] numbers(Rollout rollout) {
            return rollout.kl();
        }
    },
    ADVANTAGE("advantage", "before whitening") {
        @Override
        float[] numbers(Rollout rollout) {
            return rollout.advantages();
        }
    },
    VALUE("value", "of the critic, before the update") {
        @Override
        float[] numbers(Rollout rollout) {
            return orNone(rollout.values());
        }
    },
    RATIO(
            "ratio to the reference",
            "pi_old / pi_ref: ratio of the token's probability under the sampling policy to that under the reference") {
        @Override
        float[] numbers(Rollout rollout) {
            float[] reference = orNone(rollout.referenceLogprobs());
            float[] logs = new float[reference.length];
            for (int t = 0; t < logs.length; t++) {
                logs[t] = rollout.logprobs()[t] - reference[t];
            }
            return logs;
        }

        @Override
        public double shown(double place) {
            return Math.exp(place);
        }
    };

    private static final float[] NONE = {};

    private final String words;
    private final String meaning;

    TokenMeasure(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** As addresses have it: {@code highest-kl}. */
    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String words() {
        return words;
    }

    public String meaning() {
        return meaning;
    }

    /** The position of each token on the scale; empty if the run did not record it. */
    abstract float[] numbers(Rollout rollout);

    /** The value to show for a position on the scale; a ratio is coloured by its logarithm. */
    public double shown(double place) {
        return place;
    }

    private static float[] orNone(float @org.jspecify.annotations.Nullable [] values) {
        return values == null ? NONE : values;
    }
}
