package dev.attune.studio.inspect;

import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** What colours the tokens of a rollout. */
public enum TokenMeasure implements ConfigNamed {
    REWARD("reward", "what the advantages were made of: the KL penalty, and the score at the end") {
        @Override
        float[] numbers(Rollout rollout) {
            return rollout.rewards();
        }
    },
    KL("KL", "the estimate of the penalty's KL, in nats") {
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
    VALUE("value", "the critic's, before the update") {
        @Override
        float[] numbers(Rollout rollout) {
            return orNone(rollout.values());
        }
    },
    RATIO("ratio to the reference", "pi_old / pi_ref: how much likelier the token was for the policy that drew it") {
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

    /** Where each token stands on the scale; empty if the run did not record it. */
    abstract float[] numbers(Rollout rollout);

    /** The number that people read at a place of the scale: a ratio is coloured by its logarithm. */
    public double shown(double place) {
        return place;
    }

    private static float[] orNone(float @org.jspecify.annotations.Nullable [] values) {
        return values == null ? NONE : values;
    }
}
