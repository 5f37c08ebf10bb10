package dev.attune.training.batch;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.losses.Entropy;

/**
 * The bonus for entropy as a part of a loss, {@code - c sum H} over the states of a batch: its gradient by the hidden states, which
 * joins the backward pass of another loss.
 *
 * @param coefficient c
 * @param temperature that divides the logits
 */
public record EntropyBonus(double coefficient, double temperature) {
    /**
     * What the bonus adds to a loss.
     *
     * @param loss - c sum H
     * @param gradient by the hidden states, {@code [states, width]}
     */
    public record Part(double loss, Tensor gradient) {}

    /**
     * Adds the gradients of the head to its weights.
     *
     * @param counted 1 for states whose entropy counts, otherwise 0, {@code [states]}
     */
    public Part of(CausalLm model, Tensor hidden, Tensor counted) {
        double[] loss = new double[1];
        Tensor gradient = StateChunks.numbers(hidden, model.config().vocabularySize(), (part, from, count) -> {
            Tensor leaf = part.detach().requireGrad(true);
            Tensor entropies = Entropy.of(LogProbabilities.logits(model, leaf, temperature));
            Tensor share = entropies.times(counted.narrow(0, from, count)).sum().times(-coefficient);
            share.backward();
            loss[0] += share.item();
            Tensor found = leaf.grad();
            return found == null ? Tensor.zeros(leaf.shape()) : found;
        });
        return new Part(loss[0], gradient);
    }
}
