package dev.attune.training.optimizer;

import dev.attune.model.transformer.ParameterSet;
import java.util.ArrayList;
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
    static List<Span> of(ParameterSet parameters) {
        List<Span> spans = new ArrayList<>();
        for (ParameterSet.Block block : parameters.blocks()) {
            long to = block.from() + block.count();
            int last = spans.size() - 1;
            if (last >= 0 && spans.get(last).matrix() == block.matrix()) {
                spans.set(last, new Span(spans.get(last).from(), to, block.matrix()));
            } else {
                spans.add(new Span(block.from(), to, block.matrix()));
            }
        }
        return spans;
    }
}
