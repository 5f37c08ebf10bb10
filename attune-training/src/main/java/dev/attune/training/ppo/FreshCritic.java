package dev.attune.training.ppo;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;

/** A critic from the policy's trunk with a head of zeros, as in lm-human-preferences: it starts by expecting nothing. */
final class FreshCritic {
    private FreshCritic() {}

    static RewardModel of(CausalLm policy) {
        RewardModel model = RewardModel.fromBackbone(policy, 0);
        try (NoGrad off = NoGrad.on()) {
            Tensor head = model.parameters().byName().get("score.weight");
            if (head == null) {
                throw new IllegalStateException("a reward model has the weight score.weight");
            }
            head.zeroInPlace();
        }
        return model;
    }
}
