package dev.attune.core.reward.steps;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Which labels of a solution's steps are learned. */
public enum LearnedLabels {
    /** Those up to the first wrong step, included: what follows an error has no agreed label and is masked. */
    UP_TO_FIRST_ERROR,
    /** All, as they are. */
    ALL,
    /**
     * The outcome of the solution at each step: wrong if a step is wrong, else the label of the last step. A step's
     * probability is then that of a correct solution from there on, as token-level verifiers estimate it (arXiv
     * 2110.14168, section 4), with the solution itself as the only sample.
     */
    OUTCOME;

    /** The labels that are learned, one per step. */
    public List<StepLabel> of(List<StepLabel> labels) {
        return switch (this) {
            case UP_TO_FIRST_ERROR -> upToFirstError(labels);
            case ALL -> List.copyOf(labels);
            case OUTCOME -> Collections.nCopies(labels.size(), outcome(labels));
        };
    }

    private static List<StepLabel> upToFirstError(List<StepLabel> labels) {
        List<StepLabel> learned = new ArrayList<>();
        boolean wrong = false;
        for (StepLabel label : labels) {
            learned.add(wrong ? StepLabel.MASKED : label);
            wrong |= label == StepLabel.WRONG;
        }
        return List.copyOf(learned);
    }

    /**
     * Whether a solution is correct: wrong if a step is wrong, else the label of its last step, which may be masked.
     *
     * @param labels of its steps, at least one
     */
    public static StepLabel outcome(List<StepLabel> labels) {
        return labels.contains(StepLabel.WRONG) ? StepLabel.WRONG : labels.get(labels.size() - 1);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
