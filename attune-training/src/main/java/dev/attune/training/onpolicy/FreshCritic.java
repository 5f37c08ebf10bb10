package dev.attune.training.onpolicy;

import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.ValueHead;

/** A critic from the policy's backbone with a head of zeros, as in lm-human-preferences: all values start at 0. */
public final class FreshCritic {
    private FreshCritic() {}

    public static RewardModel of(CausalLm policy) {
        try (ValueHead zeros = new ValueHead(policy.config().width())) {
            return zeros.on(policy);
        }
    }
}
