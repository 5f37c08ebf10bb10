package dev.attune.training.processreward;

import static dev.attune.core.reward.steps.StepLabel.CORRECT;
import static dev.attune.core.reward.steps.StepLabel.MASKED;
import static dev.attune.core.reward.steps.StepLabel.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.TinyModels;
import dev.attune.training.losses.StepLoss;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProcessRewardTrainerTest {
    private static final int MARK = 13;
    private static final int SLIP = 9;

    @Test
    void theLossIsBinaryCrossEntropyOfTheLogits() {
        // sigma(0) = 1/2, sigma(ln 3) = 3/4: ln 2, - ln 3/4, - ln 1/4
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {0, (float) Math.log(3), (float) Math.log(3)}, 3);
            Tensor correct = Tensor.of(new float[] {1, 1, 0}, 3);
            assertThat(StepLoss.sum(logits, correct).item())
                    .isCloseTo(Math.log(2) + Math.log(4.0 / 3) + Math.log(4), within(1e-6));
        }
    }

    @Test
    void figuresCountLabelledStepsAlone() {
        LabelledSteps right = row(List.of(CORRECT, MASKED, CORRECT));
        LabelledSteps wrong = row(List.of(CORRECT, WRONG, MASKED));
        ScoredSteps scored =
                new ScoredSteps(List.of(right, wrong), List.of(new float[] {2, -9, -1}, new float[] {3, -2, 9}));
        assertThat(scored.stepMetrics("eval_"))
                .isEqualTo(Map.of("eval_accuracy", 0.75, "eval_correct_share", 0.75, "eval_wrong_found", 1.0));
        // the last step: sigma(-1) of the correct solution is below sigma(9) of the wrong one; the weakest is below too
        assertThat(scored.solutionAuc(StepAggregation.LAST)).isZero();
        ScoredSteps other =
                new ScoredSteps(List.of(right, wrong), List.of(new float[] {2, 1, -1}, new float[] {3, -2, 9}));
        assertThat(other.solutionAuc(StepAggregation.MIN)).isEqualTo(1);
        assertThat(new ScoredSteps(List.of(right), List.of(new float[] {1, 1, 1})).stepMetrics(""))
                .doesNotContainKey("wrong_found");
    }

    @Test
    void theLossOfAStepIsTheMeanOverItsLabelledSteps() {
        List<LabelledSteps> rows = rows(12, 1);
        try (RewardModel model = model();
                Scope scope = Scope.open()) {
            double sum = 0;
            int counted = 0;
            for (LabelledSteps row : rows) {
                float[] logits = model.scoresAt(List.of(row.tokens()), List.of(row.ends()))
                        .toFloats();
                for (int i : row.labelled()) {
                    double sign = row.labels().get(i) == CORRECT ? 1 : -1;
                    sum += Math.log1p(Math.exp(-sign * logits[i]));
                    counted++;
                }
            }
            try (ProcessRewardTrainer trainer = new ProcessRewardTrainer(model, rows, List.of(), options(5, 12, 1))) {
                Map<String, Double> metrics = trainer.step(1).metrics();
                assertThat(metrics.get("loss")).isCloseTo(sum / counted, within(1e-5));
                assertThat(metrics.get("labelled_steps")).isEqualTo(counted);
            }
        }
    }

    @Test
    void anyMicroBatchSplitGivesTheSameLosses() {
        double[] whole = losses(rows(40, 1), 16);
        double[] split = losses(rows(40, 1), 1);
        for (int step = 0; step < whole.length; step++) {
            assertThat(split[step]).isCloseTo(whole[step], within(1e-5 * whole[step]));
        }
    }

    @Test
    void whatIsBehindTheLastLabelledStepIsInNoGradient() {
        List<LabelledSteps> masked = new ArrayList<>();
        List<LabelledSteps> without = new ArrayList<>();
        for (LabelledSteps row : rows(24, 2)) {
            int second = row.ends()[1];
            List<StepLabel> firstTwo = row.labels().subList(0, 2);
            masked.add(LabelledSteps.of(row.tokens(), row.ends(), List.of(firstTwo.get(0), firstTwo.get(1), MASKED)));
            without.add(LabelledSteps.of(
                    java.util.Arrays.copyOf(row.tokens(), second + 1), new int[] {row.ends()[0], second}, firstTwo));
        }
        double[] one = losses(masked, 4);
        double[] other = losses(without, 4);
        for (int step = 0; step < one.length; step++) {
            assertThat(one[step]).isCloseTo(other[step], within(1e-4 * other[step]));
        }
    }

    @Test
    void learnsWhichStepsAreWrong() {
        List<LabelledSteps> heldOut = rows(60, 7);
        try (RewardModel model = model();
                ProcessRewardTrainer trainer =
                        new ProcessRewardTrainer(model, rows(200, 1), heldOut, options(16, 16, 80))) {
            double before = trainer.evaluate().get("eval_accuracy");
            for (int step = 1; step <= 80; step++) {
                trainer.step(step);
            }
            Map<String, Double> after = trainer.evaluate();
            assertThat(after.get("eval_accuracy")).isGreaterThan(0.9).isGreaterThan(before);
            assertThat(after.get("eval_wrong_found")).isGreaterThan(0.8);
            assertThat(after.get("eval_solution_auc")).isGreaterThan(0.9);
            assertThat(after.get("eval_loss")).isLessThan(0.4);
        }
    }

    @Test
    void dataWithoutALabelIsRefused() {
        try (RewardModel model = model()) {
            assertThatThrownBy(() -> new ProcessRewardTrainer(model, List.of(), List.of(), options(1, 1, 1)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("no labelled step");
        }
    }

    private static double[] losses(List<LabelledSteps> rows, int micro) {
        try (RewardModel model = model();
                ProcessRewardTrainer trainer =
                        new ProcessRewardTrainer(model, rows, List.of(), options(micro, 16, 10))) {
            double[] losses = new double[10];
            for (int step = 1; step <= losses.length; step++) {
                losses[step - 1] = trainer.step(step).metrics().get("loss");
            }
            return losses;
        }
    }

    private static ProcessRewardOptions options(int micro, int rows, int steps) {
        return new ProcessRewardOptions(
                steps,
                1,
                rows,
                micro,
                StepAggregation.MIN,
                DataOrder.SHUFFLED,
                OptimizerSettings.of(3e-3, Schedule.Shape.CONSTANT),
                5);
    }

    private static RewardModel model() {
        try (CausalLm causal = TinyModels.causal(11)) {
            return RewardModel.fromBackbone(causal, 12);
        }
    }

    private static LabelledSteps row(List<StepLabel> labels) {
        return LabelledSteps.of(new int[] {5, MARK, 6, MARK, 7, MARK}, new int[] {1, 3, 5}, labels);
    }

    /** Solutions of three steps of one to four tokens; a step with a slip is wrong, later ones are masked. */
    private static List<LabelledSteps> rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledSteps> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> tokens = new ArrayList<>(List.of(4, 5));
            int[] ends = new int[3];
            List<StepLabel> labels = new ArrayList<>();
            for (int step = 0; step < 3; step++) {
                int length = 1 + random.nextInt(4);
                boolean slip = random.nextInt(3) == 0;
                for (int token = 0; token < length; token++) {
                    tokens.add(slip && token == 0 ? SLIP : 14 + random.nextInt(8));
                }
                tokens.add(MARK);
                ends[step] = tokens.size() - 1;
                labels.add(labels.contains(WRONG) || labels.contains(MASKED) ? MASKED : slip ? WRONG : CORRECT);
            }
            rows.add(
                    LabelledSteps.of(tokens.stream().mapToInt(Integer::intValue).toArray(), ends, labels));
        }
        return rows;
    }
}
