package dev.attune.training.preference;

import dev.attune.training.batch.TokenDocument;
import java.util.stream.Stream;

/** The frozen policy against which log-ratios are measured, as the log-probabilities that it gives to documents. */
public interface Reference {
    /**
     * log pi_ref of each document, summed over its targets; in the order of the documents.
     *
     * @param documents are read once, in order
     */
    double[] sums(Stream<TokenDocument> documents);

    /** Whether it has the weights with which the policy starts: all log-ratios of the first step are then 0. */
    boolean isStart();
}
