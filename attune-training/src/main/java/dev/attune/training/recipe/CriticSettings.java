package dev.attune.training.recipe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value function.
 *
 * @param init where its weights start: the reward model's, or the policy's backbone with a head of zeros
 * @param shared whether it is a head on the policy's own backbone instead of a network of its own; {@code init} is then
 *     {@code policy}
 * @param learningRate of its own; null for the policy's
 */
public record CriticSettings(
        Init init, boolean shared, @Nullable Double learningRate) {
    /** Where the critic's weights start. */
    public enum Init {
        REWARD,
        POLICY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CriticSettings read(SectionReader fields, Init fallback) {
        boolean shared = fields.bool("shared", false);
        Init init = fields.choice("init", shared ? Init.POLICY : fallback);
        if (shared && init == Init.REWARD) {
            throw fields.invalid(
                    "init", "'reward'", "policy with critic.shared: true", "a shared critic is a head on the policy");
        }
        return new CriticSettings(init, shared, fields.optionalNumber("learning_rate", Range.NOT_NEGATIVE));
    }
}
