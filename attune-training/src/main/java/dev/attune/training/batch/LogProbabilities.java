package dev.attune.training.batch;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.losses.Entropy;
import java.util.List;

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

    /**
     * The log-probabilities of the targets beside the entropies of the distributions at their states, without gradient.
     *
     * @return {@code [targets, 2]}
     */
    public static Tensor withEntropies(CausalLm model, TargetBatch batch, double temperature) {
        Tensor hidden = batch.atStates(model.hidden(batch.tokens()));
        return StateChunks.numbers(hidden, model.config().vocabularySize(), (part, from, count) -> {
            Tensor logits = logits(model, part, temperature);
            Tensor chosen = Functional.logProbabilities(logits, batch.targets().narrow(0, from, count));
            return Tensor.stack(List.of(chosen, Entropy.of(logits)), 1);
        });
    }

    /** Logits divided by the temperature, {@code [states, vocab]}, of hidden states {@code [states, width]}. */
    public static Tensor logits(CausalLm model, Tensor hidden, double temperature) {
        Tensor raw = model.head(hidden);
        return temperature == 1 ? raw : raw.dividedBy(temperature);
    }
}
