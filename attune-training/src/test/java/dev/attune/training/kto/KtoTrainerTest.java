package dev.attune.training.kto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Engine;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.preference.ModelReference;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.preference.SequenceLogProbabilities;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KtoTrainerTest {
    private static final List<JudgedCompletion> ROWS = rows(16, i -> i % 3 > 0);
    private static final int LONG = 64;

    /** z of each micro-batch and the loss, from log-probabilities computed outside the trainer. */
    @Test
    void everyMicroBatchHasItsOwnZ() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(4)) {
            double loss = 0;
            double divergence = 0;
            for (int group = 0; group < 2; group++) {
                List<JudgedCompletion> rows = ROWS.subList(4 * group, 4 * group + 4);
                List<TokenDocument> mismatched = IntStream.range(0, 4)
                        .mapToObj(i -> rows.get(i).mismatched(rows.get((i + 3) % 4), LONG))
                        .toList();
                double mean = IntStream.of(0, 1, 2, 3)
                        .mapToDouble(i -> ratio(policy, other, mismatched.get(i)))
                        .average()
                        .orElseThrow();
                double z = Math.max(0, mean);
                divergence += z / 2;
                for (JudgedCompletion row : rows) {
                    double gain = 0.1 * (ratio(policy, other, row.document()) - z) * (row.desirable() ? 1 : -1);
                    loss += (row.desirable() ? 1.5 : 0.5) / (1 + Math.exp(gain)) / 8;
                }
            }
            try (KtoTrainer trainer = trainer(policy, other, false, 4, ROWS)) {
                StepReport report = trainer.step(1);
                assertThat(report.metric("loss")).isCloseTo(loss, within(1e-5));
                assertThat(report.metric("kl")).isCloseTo(divergence, within(1e-4));
            }
            try (KtoTrainer trainer = new KtoTrainer(
                    policy,
                    new ModelReference(other, false, 3),
                    ROWS,
                    ROWS.subList(0, 9),
                    LONG,
                    KtoSettings.DEFAULT,
                    plan(4))) {
                assertThat(trainer.evaluate()).containsKeys("eval_loss", "eval_kl", "eval_rewards/margins");
            }
        }
    }

    private static double ratio(CausalLm policy, CausalLm reference, TokenDocument document) {
        return SequenceLogProbabilities.sums(policy, List.of(document))[0]
                - SequenceLogProbabilities.sums(reference, List.of(document))[0];
    }

    @Test
    void workersChangeNothingAndTheMicroBatchDoes() {
        int before = Engine.threads();
        try {
            Engine.useThreads(1);
            List<Map<String, Double>> alone = run(4, 3);
            for (int workers : new int[] {2, 3}) {
                Engine.useThreads(workers);
                List<Map<String, Double>> together = run(4, 3);
                for (int step = 0; step < alone.size(); step++) {
                    assertThat(together.get(step).get("loss"))
                            .isCloseTo(alone.get(step).get("loss"), within(1e-6));
                    assertThat(together.get(step).get("grad_norm"))
                            .isCloseTo(alone.get(step).get("grad_norm"), within(1e-5));
                }
                assertThat(run(4, 3)).isEqualTo(together);
            }
            assertThat(run(8, 3).get(2).get("loss")).isNotEqualTo(alone.get(2).get("loss"));
        } finally {
            Engine.useThreads(before);
        }
    }

    /** Pitfalls 16: a micro-batch of one class is finite, and the other class has no figures rather than NaN. */
    @Test
    void oneClassAloneIsFiniteAndTheOtherHasNoFigures() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(3);
                KtoTrainer trainer = trainer(policy, other, true, 4, rows(8, i -> true))) {
            Map<String, Double> metrics = trainer.step(1).metrics();
            assertThat(metrics.get("loss")).isCloseTo(0.75, within(1e-5));
            assertThat(metrics).containsKeys("rewards/chosen", "logps/chosen", "lengths/chosen");
            assertThat(metrics)
                    .doesNotContainKeys("rewards/rejected", "rewards/margins", "logps/rejected", "lengths/rejected");
            assertThat(metrics.values()).allMatch(Double::isFinite);
        }
    }

    @Test
    void aSingleRowHasNoOther() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(3)) {
            assertThatThrownBy(() -> trainer(policy, other, true, 4, ROWS.subList(0, 3)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("at least 4");
        }
        // groups of four, of which the last single row joins the group before it
        assertThat(KtoGroup.of(ROWS.subList(0, 9), 4, LONG, true).stream().map(KtoGroup::size))
                .containsExactly(4, 5);
        assertThat(KtoGroup.of(ROWS.subList(0, 9), 4, LONG, false).stream().map(KtoGroup::size))
                .containsExactly(4, 4, 1);
    }

    @Test
    void aMismatchedCompletionIsCutAtTheEnd() {
        JudgedCompletion one = judged(new int[] {5, 6, 7}, new int[] {8, 3}, true);
        JudgedCompletion other = judged(new int[] {4}, new int[] {9, 10, 11, 3}, true);
        assertThat(one.mismatched(other, 9).tokens()).containsExactly(5, 6, 7, 9, 10, 11, 3);
        assertThat(one.mismatched(other, 5).tokens()).containsExactly(5, 6, 7, 9, 10);
        assertThat(one.mismatched(other, 5).targets()).isEqualTo(2);
        assertThat(one.mismatched(other, 3).targets()).isZero();
    }

    private static List<Map<String, Double>> run(int micro, int steps) {
        List<Map<String, Double>> reports = new ArrayList<>();
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(3);
                KtoTrainer trainer = trainer(policy, other, true, micro, ROWS)) {
            for (int step = 1; step <= steps; step++) {
                Map<String, Double> metrics = trainer.step(step).metrics();
                metrics.remove("completions_per_second");
                reports.add(metrics);
            }
        }
        return reports;
    }

    private static KtoTrainer trainer(
            CausalLm policy, CausalLm reference, boolean start, int micro, List<JudgedCompletion> rows) {
        return new KtoTrainer(
                policy,
                new ModelReference(reference, start, 5),
                rows,
                List.of(),
                LONG,
                KtoSettings.DEFAULT.withWeights(1.5, 0.5),
                plan(micro));
    }

    private static RowPlan plan(int micro) {
        return RowPlan.defaults()
                .withSteps(4)
                .withMicro(micro)
                .withOrder(DataOrder.SEQUENTIAL)
                .withOptimizer(OptimizerSettings.of(1e-2, Schedule.Shape.CONSTANT));
    }

    private static JudgedCompletion judged(int[] prompt, int[] completion, boolean desirable) {
        return new JudgedCompletion(TokenDocument.completion(prompt, completion), desirable);
    }

    private static List<JudgedCompletion> rows(int count, IntPredicate desirable) {
        SplittableRandom random = new SplittableRandom(5);
        List<JudgedCompletion> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt =
                    random.ints(1 + random.nextInt(5), 4, TinyModels.VOCABULARY).toArray();
            int[] completion =
                    random.ints(2 + random.nextInt(7), 4, TinyModels.VOCABULARY).toArray();
            completion[completion.length - 1] = TinyModels.END;
            rows.add(judged(prompt, completion, desirable.test(i)));
        }
        return rows;
    }
}
