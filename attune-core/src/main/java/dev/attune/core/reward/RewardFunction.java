package dev.attune.core.reward;

import dev.attune.core.data.RowCheck;
import dev.attune.core.text.PromptCompletion;
import java.util.Arrays;
import java.util.List;

/**
 * A function that scores completions: a reward model, a rule, a verifier, a judge. Recipes name implementations by
 * class or find them through {@link java.util.ServiceLoader}; such classes need a public constructor without
 * parameters. A function with settings of its own is made by a {@link RewardProvider}.
 */
public interface RewardFunction {
    /**
     * Scores each completion, in order; higher is better, NaN is no score. Called on one thread at a time. The columns of
     * the prompt's row, such as its answer, are those of {@link PromptCompletion#columns}.
     */
    double[] score(List<PromptCompletion> batch);

    /** Scores each completion, in order, with reasons. */
    default List<Scored> evaluate(List<PromptCompletion> batch) {
        return Arrays.stream(score(batch))
                .mapToObj(value -> Double.isNaN(value) ? Scored.undecided("") : Scored.of(value, ""))
                .toList();
    }

    /** What this function requires of the rows of prompts, such as an answer that it can read; checked when rows load. */
    default RowCheck rowCheck() {
        return row -> null;
    }

    /** The name that logs and reports use. */
    default String name() {
        return getClass().getSimpleName();
    }
}
