package dev.attune.training.optimizer;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The spans of the flat buffer of trained weights that are matrices or vectors. Vectors (norms and biases) have no
 * weight decay.
 */
final class FlatSpans {
    /** @param matrix whether the weights in the span have at least two dimensions */
    record Span(long from, long to, boolean matrix) {}

    private FlatSpans() {}

    /**
     * Adjacent weights of one kind form one span; gaps between weights, which contain 0, belong to the span before
     * them.
     */
    static List<Span> of(Parameters parameters) {
        List<Tensor> weights = new ArrayList<>(parameters.byName().values());
        weights.sort(Comparator.comparingLong(FlatSpans::offset));
        long start = offset(parameters.trained());
        List<Span> spans = new ArrayList<>();
        for (Tensor weight : weights) {
            long from = offset(weight) - start;
            long to = from + weight.count();
            if (from < 0) {
                continue;
            }
            boolean matrix = weight.rank() >= 2;
            int last = spans.size() - 1;
            if (last >= 0 && spans.get(last).matrix() == matrix) {
                spans.set(last, new Span(spans.get(last).from(), to, matrix));
            } else {
                spans.add(new Span(from, to, matrix));
            }
        }
        return spans;
    }

    private static long offset(Tensor weight) {
        return weight.raw().storage_offset();
    }
}
