package dev.attune.training.reward;

import dev.attune.core.model.ScoringModel;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.PromptCompletion;
import java.util.List;

/**
 * A reward model as a reward function: its raw logit. Completions without an end token are handled by
 * {@code ppo.missing_eos}.
 *
 * @param name for logs and reports
 * @param model closed by the caller
 */
public record RewardModelFunction(String name, ScoringModel model) implements RewardFunction {
    @Override
    public double[] score(List<PromptCompletion> batch) {
        return model.score(batch);
    }
}
