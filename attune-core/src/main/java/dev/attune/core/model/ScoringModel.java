package dev.attune.core.model;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** A reward model seen from outside. */
public interface ScoringModel extends AutoCloseable {
    /** The raw logit of each exchange, in order. */
    double[] score(List<PromptCompletion> batch);

    @Override
    void close();
}
