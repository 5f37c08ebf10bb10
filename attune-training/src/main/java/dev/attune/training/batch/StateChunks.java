package dev.attune.training.batch;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work on the logits at the states of a batch, which exist for a chunk of the states at a time: with 50,000 words, the
 * logits of a micro-batch of 4,000 targets would take 800 MB, and their gradient as much.
 */
public final class StateChunks {
    /** Logits of a chunk; 32 MB. */
    private static final long LOGITS = 1L << 23;

    /** Products of fewer rows are less efficient. */
    private static final long LEAST_STATES = 64;

    private StateChunks() {}

    /** What is computed of a chunk's states. */
    public interface Work {
        /**
         * @param hidden {@code [count, width]}
         * @param from the first of its states
         */
        Tensor of(Tensor hidden, long from, long count);
    }

    /**
     * Adds the gradients of the sum of all chunks' losses to the weights, as one backward pass of that sum would.
     *
     * @param hidden at the states, {@code [states, width]}
     * @param further a gradient by {@code hidden} that other losses have, or null
     * @param loss the loss of a chunk, rank 0: a sum over its states
     * @return the sum
     */
    public static double backward(Tensor hidden, long vocabulary, @Nullable Tensor further, Work loss) {
        double[] sum = new double[1];
        Tensor gradient = numbers(hidden, vocabulary, (part, from, count) -> {
            Tensor leaf = part.detach().requireGrad(true);
            Tensor value = loss.of(leaf, from, count);
            value.backward();
            sum[0] += value.item();
            Tensor found = leaf.grad();
            return found == null ? Tensor.zeros(leaf.shape()) : found;
        });
        // The gradient of this sum by hidden is that gradient.
        hidden.times(further == null ? gradient : gradient.plus(further)).sum().backward();
        return sum[0];
    }

    /**
     * The results of all chunks, one after the other along their first dimension.
     *
     * @param work a row for each state of a chunk, {@code [count, ...]}
     */
    public static Tensor numbers(Tensor hidden, long vocabulary, Work work) {
        List<Tensor> parts = new ArrayList<>();
        long states = hidden.size(0);
        for (long from = 0; from < states; from += size(vocabulary)) {
            long count = Math.min(size(vocabulary), states - from);
            try (Scope scope = Scope.open()) {
                parts.add(scope.lift(work.of(hidden.narrow(0, from, count), from, count)));
            }
        }
        return Tensor.cat(parts, 0);
    }

    /** The number of states of a chunk. */
    static long size(long vocabulary) {
        return Math.max(LEAST_STATES, LOGITS / vocabulary);
    }
}
