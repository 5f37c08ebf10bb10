package dev.attune.training.optimizer;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which parts of the flat buffer of trained weights are matrices, and which are vectors: norms and biases, which weight decay spares. */
final class FlatSpans {
    /** @param matrix whether the weights there have at least two dimensions */
    record Span(long from, long to, boolean matrix) {}

    private FlatSpans() {}

    /** Neighbours of one kind are one span; gaps between weights, which hold 0, go to the span before them. */
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
