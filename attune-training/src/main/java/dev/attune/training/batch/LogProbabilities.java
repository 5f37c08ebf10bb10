package dev.attune.training.batch;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;

/**
 * A model's log-probabilities of the targets of a batch, without gradients. Rollout policy, updated policy and reference
 * all compute them from {@link #logits}, with the same kernels and the same temperature.
 *
 * @param hidden {@code [targets, width]}
 * @param chosen log-probability of each target, {@code [targets]}
 */
public record LogProbabilities(Tensor hidden, Tensor chosen) {
    public static LogProbabilities of(CausalLm model, TargetBatch batch, double temperature) {
        Tensor hidden = batch.atStates(model.hidden(batch.tokens()));
        Tensor chosen = StateChunks.numbers(
                hidden,
                model.config().vocabularySize(),
                (part, from, count) -> Functional.logProbabilities(
                        logits(model, part, temperature), batch.targets().narrow(0, from, count)));
        return new LogProbabilities(hidden, chosen);
    }

    /** Logits divided by the temperature, {@code [states, vocab]}, of hidden states {@code [states, width]}. */
    public static Tensor logits(CausalLm model, Tensor hidden, double temperature) {
        Tensor raw = model.head(hidden);
        return temperature == 1 ? raw : raw.dividedBy(temperature);
    }
}
