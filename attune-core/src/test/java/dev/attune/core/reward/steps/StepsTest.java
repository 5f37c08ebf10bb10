package dev.attune.core.reward.steps;

import static dev.attune.core.reward.steps.StepLabel.CORRECT;
import static dev.attune.core.reward.steps.StepLabel.MASKED;
import static dev.attune.core.reward.steps.StepLabel.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.ProcessReward;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
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
        List<StepLabel> labels = List.of(CORRECT, MASKED, WRONG, CORRECT, WRONG);
        assertThat(LearnedLabels.UP_TO_FIRST_ERROR.of(labels)).containsExactly(CORRECT, MASKED, WRONG, MASKED, MASKED);
        assertThat(LearnedLabels.ALL.of(labels)).isEqualTo(labels);
        assertThat(StepLabel.of(null)).isEqualTo(MASKED);
        assertThat(StepLabel.of(false).correct()).isFalse();
        assertThat(MASKED.correct()).isNull();
    }

    @Test
    void theOutcomeIsTheLabelOfEveryStep() {
        assertThat(LearnedLabels.OUTCOME.of(List.of(MASKED, MASKED, WRONG))).containsExactly(WRONG, WRONG, WRONG);
        assertThat(LearnedLabels.OUTCOME.of(List.of(MASKED, CORRECT))).containsExactly(CORRECT, CORRECT);
        assertThat(LearnedLabels.OUTCOME.of(List.of(CORRECT, MASKED))).containsExactly(MASKED, MASKED);
    }

    @Test
    void solutionsAreSplitAtMarks() {
        assertThat(StepText.split("a\n\n b\nc", "\n")).containsExactly("a", " b", "c");
        assertThat(StepText.split("1. a.", ".")).containsExactly("1", " a");
        assertThat(StepText.split(" \n", "\n")).isEmpty();
        assertThat(StepText.join(List.of("a\n", "b"), "\n")).isEqualTo("a\nb");
    }

    @Test
    void theRewardIsTheAggregateAndNamesTheWeakestStep() {
        StepScores scores = new StepScores(List.of("one", "two", "three"), List.of(0.9, 0.25, 0.8));
        ProcessReward reward = new ProcessReward(
                "process",
                batch -> batch.stream()
                        .map(sample -> sample.completion().isEmpty() ? new StepScores(List.of(), List.of()) : scores)
                        .toList(),
                StepAggregation.PRODUCT);
        List<Scored> scored = reward.evaluate(
                List.of(new PromptCompletion(Prompt.text("p"), "x"), new PromptCompletion(Prompt.text("p"), "")));
        assertThat(scored.get(0).value()).isCloseTo(0.18, within(1e-12));
        assertThat(scored.get(0).reason()).isEqualTo("weakest step 2 of 3 (0.25): two");
        assertThat(scored.get(1).value()).isZero();
        assertThat(scored.get(1).reason()).isEqualTo("no steps");
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
