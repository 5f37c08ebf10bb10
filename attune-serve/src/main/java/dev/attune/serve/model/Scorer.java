package dev.attune.serve.model;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** A reward model. Called by one thread at a time. */
public interface Scorer {
    /** One score per sample, in order. */
    List<Double> scores(List<PromptCompletion> samples);

    /** The number of tokens that the model reads for a sample. */
    int tokens(PromptCompletion sample);
}
