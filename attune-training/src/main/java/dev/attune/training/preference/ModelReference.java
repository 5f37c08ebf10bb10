package dev.attune.training.preference;

import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.TokenDocument;
import java.util.stream.Stream;

/**
 * A reference whose model is in memory.
 *
 * @param model stays the caller's
 * @param isStart see {@link Reference#isStart}
 * @param micro documents that pass through the model at once
 */
public record ModelReference(CausalLm model, boolean isStart, int micro) implements Reference {
    @Override
    public double[] sums(Stream<TokenDocument> documents) {
        return SequenceLogProbabilities.sums(model, documents.toList(), micro);
    }
}
