package dev.attune.training.batch;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;

/**
 * The policy's distribution at the states of a batch. Rollout policy, updated policy and reference all compute
 * log-probabilities here, with the same kernels and the same temperature.
 *
 * @param hidden {@code [targets, width]}
 * @param logits divided by the temperature, {@code [targets, vocab]}
 * @param chosen log-probability of each target, {@code [targets]}
 */
public record LogProbabilities(Tensor hidden, Tensor logits, Tensor chosen) {
    public static LogProbabilities of(CausalLm model, TargetBatch batch, double temperature) {
        Tensor hidden = batch.atStates(model.hidden(batch.tokens()));
        Tensor raw = model.head(hidden);
        Tensor logits = temperature == 1 ? raw : raw.dividedBy(temperature);
        return new LogProbabilities(hidden, logits, Functional.logProbabilities(logits, batch.targets()));
    }
}
