package dev.attune.core.reward.steps;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** Scores the steps of solutions: a process reward model. */
@FunctionalInterface
public interface StepScorer {
    /** The steps of each completion with their probabilities, in order. */
    List<StepScores> scoreSteps(List<PromptCompletion> batch);
}
