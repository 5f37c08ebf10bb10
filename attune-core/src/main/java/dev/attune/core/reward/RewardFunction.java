package dev.attune.core.reward;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/**
 * A function that scores completions: a reward model, a rule, a verifier, a judge. Recipes name implementations by
 * class or find them through {@link java.util.ServiceLoader}; such classes need a public constructor without
 * parameters.
 */
public interface RewardFunction {
    /** Scores each completion, in order; higher is better. Called on one thread at a time. */
    double[] score(List<PromptCompletion> batch);

    /** The name that logs and reports use. */
    default String name() {
        return getClass().getSimpleName();
    }
}
