package dev.attune.training.ppo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the value function.
 *
 * @param init initial weights: the reward model's, or the policy's backbone with a head of zeros
 * @param shared whether it is a head on the policy's own backbone instead of a separate network; {@code init} is then
 *     {@code policy}
 * @param learningRate its own; null for the policy's
 */
public record CriticSettings(
        Init init, boolean shared, @Nullable Double learningRate) {
    /** The critic's initial weights. */
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
