package dev.attune.core.reward.steps;

import java.util.ArrayList;
import java.util.List;

/** The label of a step. Masked steps are in no loss and no accuracy. */
public enum StepLabel {
    CORRECT,
    WRONG,
    MASKED;

    /**
     * The labels with those after the first wrong step masked: what follows an error has no agreed label.
     *
     * @param correct one label per step
     */
    public static List<StepLabel> upToFirstError(List<Boolean> correct) {
        List<StepLabel> labels = new ArrayList<>();
        boolean wrong = false;
        for (boolean step : correct) {
            labels.add(wrong ? MASKED : step ? CORRECT : WRONG);
            wrong |= !step;
        }
        return List.copyOf(labels);
    }

    /** The labels as they are. */
    public static List<StepLabel> all(List<Boolean> correct) {
        return correct.stream().map(step -> step ? CORRECT : WRONG).toList();
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
