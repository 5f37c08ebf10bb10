package dev.attune.training.batch;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Losses of the log-probabilities of a batch's targets, such as those of preference pairs, which need sums over whole
 * completions, while logits exist for a chunk of the states at a time ({@link StateChunks}). If all states fit into one
 * chunk, the loss is an ordinary one. Otherwise, with l the log-probabilities {@code [targets]},
 *
 * <pre>
 *   l      chunk by chunk, without gradient
 *   g      = dL / dl, of the loss of that vector
 *   dL/dw  = d(sum_t g_t l_t) / dw, chunk by chunk
 * </pre>
 *
 * which is the same gradient, and the head's product is computed twice.
 */
public final class LogProbabilityLoss {
    private LogProbabilityLoss() {}

    /**
     * Adds the gradient of a loss to the weights.
     *
     * @param hidden the model's hidden states at the states of the batch, {@code [targets, width]}, with gradient
     * @param temperature by which logits are divided
     * @param loss from the log-probabilities of all targets, {@code [targets]}, to rank 0; called once
     * @return the loss
     */
    public static double backward(
            CausalLm model, TargetBatch batch, Tensor hidden, double temperature, UnaryOperator<Tensor> loss) {
        return backward(model, batch, hidden, null, temperature, loss);
    }

    /**
     * The same beside further losses.
     *
     * @param further a gradient by {@code hidden} that other losses have, or null
     */
    public static double backward(
            CausalLm model,
            TargetBatch batch,
            Tensor hidden,
            @Nullable Tensor further,
            double temperature,
            UnaryOperator<Tensor> loss) {
        return backward(
                hidden,
                batch.targets(),
                model.config().vocabularySize(),
                further,
                (part, targets) ->
                        Functional.logProbabilities(LogProbabilities.logits(model, part, temperature), targets),
                loss);
    }

    /** @param logs the log-probabilities, {@code [count]}, of targets {@code [count]} at hidden states {@code [count, width]} */
    static double backward(
            Tensor hidden,
            Tensor targets,
            long vocabulary,
            @Nullable Tensor further,
            BiFunction<Tensor, Tensor, Tensor> logs,
            UnaryOperator<Tensor> loss) {
        if (hidden.size(0) <= StateChunks.size(vocabulary)) {
            Tensor value = loss.apply(logs.apply(hidden, targets));
            Tensor whole =
                    further == null ? value : value.plus(hidden.times(further).sum());
            whole.backward();
            return value.item();
        }
        Tensor leaf = withoutGradient(hidden, targets, vocabulary, logs).requireGrad(true);
        Tensor value = loss.apply(leaf);
        value.backward();
        Tensor gradient = Objects.requireNonNull(leaf.grad(), "the loss does not depend on the log-probabilities");
        StateChunks.backward(
                hidden, vocabulary, further, (part, from, count) -> logs.apply(part, targets.narrow(0, from, count))
                        .times(gradient.narrow(0, from, count))
                        .sum());
        return value.item();
    }

    private static Tensor withoutGradient(
            Tensor hidden, Tensor targets, long vocabulary, BiFunction<Tensor, Tensor, Tensor> logs) {
        try (NoGrad off = NoGrad.on()) {
            return StateChunks.numbers(
                            hidden.detach(),
                            vocabulary,
                            (part, from, count) -> logs.apply(part, targets.narrow(0, from, count)))
                    .detach();
        }
    }
}
