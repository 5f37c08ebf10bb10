package dev.attune.core.reward.steps;

import static dev.attune.core.reward.steps.StepLabel.CORRECT;
import static dev.attune.core.reward.steps.StepLabel.MASKED;
import static dev.attune.core.reward.steps.StepLabel.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void marksOfOneAndOfSeveralTokens() {
        assertThat(new StepMarks(List.of(13)).ends(new int[] {5, 13, 6, 7, 13})).containsExactly(1, 4);
        assertThat(new StepMarks(List.of(13, 13)).ends(new int[] {13, 13, 13, 5, 13, 13}))
                .containsExactly(1, 5);
        assertThat(new StepMarks(List.of(8, 9)).ends(new int[] {8, 8, 9, 9, 8})).containsExactly(2);
    }

    @Test
    void marksMustBeAsManyAsLabels() {
        StepMarks marks = new StepMarks(List.of(8, 9));
        int[] ids = marks.join(List.of(new int[] {1, 2}, new int[] {3}));
        assertThat(ids).containsExactly(1, 2, 8, 9, 3, 8, 9);
        assertThat(marks.ends("data.jsonl:4", ids, 2)).containsExactly(3, 6);
        // the mark merged with its neighbour: 89 instead of 8 9
        assertThatThrownBy(() -> marks.ends("data.jsonl:4", new int[] {1, 2, 8, 9, 3, 89}, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("data.jsonl:4: found 1 step marks and 2 labels");
        assertThatThrownBy(() -> new StepMarks(List.of())).isInstanceOf(BadInputException.class);
    }

    @Test
    void stepsAfterTheFirstWrongOneAreMasked() {
        List<StepLabel> labels = StepLabel.upToFirstError(List.of(true, false, true, false));
        assertThat(labels).containsExactly(CORRECT, WRONG, MASKED, MASKED);
        assertThat(StepLabel.all(List.of(true, false, true))).containsExactly(CORRECT, WRONG, CORRECT);
    }

    @Test
    void maskedStepsAreInNoAccuracy() {
        List<StepLabel> labels = List.of(CORRECT, WRONG, MASKED, MASKED);
        assertThat(StepLabel.counted(labels)).isEqualTo(2);
        // all predicted correct: 1 of 2, not 3 of 4
        assertThat(StepLabel.right(labels, new double[] {0.9, 0.9, 0.9, 0.9})).isEqualTo(1);
    }

    @Test
    void aggregation() {
        double[] scores = {0.9, 0.5, 0.8};
        assertThat(StepAggregation.parse("x", "min").of(scores)).isEqualTo(0.5);
        assertThat(StepAggregation.parse("x", "product").of(scores)).isCloseTo(0.36, within(1e-12));
        assertThat(StepAggregation.parse("x", "last").of(scores)).isEqualTo(0.8);
        assertThat(StepAggregation.MIN.of()).isNaN();
        assertThatThrownBy(() -> StepAggregation.parse("reward.steps", "mean")).isInstanceOf(BadInputException.class);
    }
}
