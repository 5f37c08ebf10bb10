package dev.attune.training.processreward;

import dev.attune.core.reward.steps.LearnedLabels;
import dev.attune.core.reward.steps.StepLabel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A solution as tokens, with the labels of its steps.
 *
 * @param tokens of the prompt, then of each step and its mark
 * @param ends index of the last token of each step's mark
 * @param labels that are learned, one per end
 * @param outcome whether the whole solution is correct; masked if that is unknown
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledSteps(int[] tokens, int[] ends, List<StepLabel> labels, StepLabel outcome) {
    public LabelledSteps {
        labels = List.copyOf(labels);
        if (ends.length != labels.size()) {
            throw new IllegalArgumentException(ends.length + " steps, " + labels.size() + " labels");
        }
    }

    /** A whole solution. */
    public static LabelledSteps of(int[] tokens, int[] ends, List<StepLabel> labels) {
        return new LabelledSteps(tokens, ends, labels, LearnedLabels.outcome(labels));
    }

    /** The number of tokens. */
    public int length() {
        return tokens.length;
    }

    /** The number of labelled steps. */
    public int counted() {
        return (int) StepLabel.counted(labels);
    }

    /** The indices of the labelled steps. */
    int[] labelled() {
        return IntStream.range(0, labels.size())
                .filter(step -> labels.get(step) != StepLabel.MASKED)
                .toArray();
    }
}
