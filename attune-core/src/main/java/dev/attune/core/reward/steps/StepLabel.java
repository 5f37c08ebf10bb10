package dev.attune.core.reward.steps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The label of a step. Masked steps are in no loss and no accuracy. */
public enum StepLabel {
    CORRECT,
    WRONG,
    MASKED;

    /** The label of a step that is correct or not; null: masked. */
    public static StepLabel of(@Nullable Boolean correct) {
        return correct == null ? MASKED : correct ? CORRECT : WRONG;
    }

    /** True, false, or null for a masked step: the inverse of {@link #of}. */
    public @Nullable Boolean correct() {
        return this == MASKED ? null : Boolean.valueOf(this == CORRECT);
    }

    /** The steps that are labelled. */
    public static long counted(List<StepLabel> labels) {
        return labels.stream().filter(label -> label != MASKED).count();
    }

    /**
     * The labelled steps that a threshold of 1/2 gets right.
     *
     * @param probabilities that each step is correct
     */
    public static long right(List<StepLabel> labels, double[] probabilities) {
        long right = 0;
        for (int i = 0; i < probabilities.length; i++) {
            boolean positive = probabilities[i] > 0.5;
            right += labels.get(i) != MASKED && positive == (labels.get(i) == CORRECT) ? 1 : 0;
        }
        return right;
    }
}
