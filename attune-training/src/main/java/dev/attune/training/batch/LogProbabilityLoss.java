package dev.attune.training.batch;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.losses.Entropy;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Losses of the log-probabilities of whole sequences, such as those of ratios of sequences or of pairs, although logits exist only
 * for a chunk of the states at a time. The log-probabilities are computed first, without gradient; the loss is a function of
 * them, and its gradient g by each of them is known. A second pass over the chunks then adds the gradients of
 * {@code sum g log p}. If all states fit into one chunk, there is only one pass.
 *
 * @param model the model, on its worker
 * @param temperature that divides the logits
 */
public record LogProbabilityLoss(CausalLm model, TargetBatch batch, double temperature) {
    /**
     * Adds the gradients of a loss to the weights.
     *
     * @param hidden at the states, {@code [targets, width]}, with gradient
     * @param loss of the log-probabilities of the targets, {@code [targets]}; rank 0
     */
    public void backward(Tensor hidden, UnaryOperator<Tensor> loss) {
        Tensor none = Tensor.zeros(hidden.size(0));
        backward(hidden, 0, none, (chosen, entropies) -> loss.apply(chosen));
    }

    /**
     * Adds the gradients of a loss less a bonus for entropy.
     *
     * @param entropyCoefficient of the sum of the entropies
     * @param counted 1 for each state whose entropy is part of that sum, otherwise 0, {@code [targets]}
     * @param loss of log-probabilities and entropies, both {@code [targets]}; the entropies have no gradient there
     */
    public void backward(Tensor hidden, double entropyCoefficient, Tensor counted, BinaryOperator<Tensor> loss) {
        long vocabulary = model.config().vocabularySize();
        if (hidden.size(0) <= StateChunks.size(vocabulary)) {
            StateChunks.backward(hidden, vocabulary, null, (part, from, count) -> {
                Tensor logits = LogProbabilities.logits(model, part, temperature);
                Tensor chosen = Functional.logProbabilities(logits, batch.targets());
                Tensor entropies = entropies(logits, entropyCoefficient);
                Tensor value = loss.apply(chosen, entropies.detach());
                return withBonus(value, entropies, counted, entropyCoefficient);
            });
            return;
        }
        Tensor gradients = gradients(hidden, vocabulary, loss);
        StateChunks.backward(hidden, vocabulary, null, (part, from, count) -> {
            Tensor logits = LogProbabilities.logits(model, part, temperature);
            Tensor chosen = Functional.logProbabilities(logits, batch.targets().narrow(0, from, count));
            Tensor sum = chosen.times(gradients.narrow(0, from, count)).sum();
            return entropyCoefficient == 0
                    ? sum
                    : withBonus(sum, Entropy.of(logits), counted.narrow(0, from, count), entropyCoefficient);
        });
    }

    /** The gradient of the loss by each log-probability, {@code [targets]}. */
    private Tensor gradients(Tensor hidden, long vocabulary, BinaryOperator<Tensor> loss) {
        Tensor figures;
        try (NoGrad off = NoGrad.on()) {
            figures = StateChunks.numbers(hidden, vocabulary, (part, from, count) -> {
                Tensor logits = LogProbabilities.logits(model, part, temperature);
                Tensor chosen =
                        Functional.logProbabilities(logits, batch.targets().narrow(0, from, count));
                return Tensor.stack(java.util.List.of(chosen, Entropy.of(logits)), 1);
            });
        }
        Tensor leaf = figures.select(1, 0).detach().requireGrad(true);
        loss.apply(leaf, figures.select(1, 1)).backward();
        Tensor found = leaf.grad();
        return found == null ? Tensor.zeros(leaf.count()) : found;
    }

    private static Tensor entropies(Tensor logits, double coefficient) {
        if (coefficient != 0) {
            return Entropy.of(logits);
        }
        try (NoGrad off = NoGrad.on()) {
            return Entropy.of(logits.detach());
        }
    }

    private static Tensor withBonus(Tensor loss, Tensor entropies, Tensor counted, double coefficient) {
        return coefficient == 0
                ? loss
                : loss.minus(entropies.times(counted).sum().times(coefficient));
    }
}
