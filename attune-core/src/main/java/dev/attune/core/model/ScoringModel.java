package dev.attune.core.model;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** The interface of a reward model. */
public interface ScoringModel extends AutoCloseable {
    /** The raw logit of each completion, in order. */
    double[] score(List<PromptCompletion> batch);

    @Override
    void close();
}
