package dev.attune.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTrainerTest {
    private static final List<TokenPair> PAIRS = Pairs.random(24);
    private static final int STEPS = 4;

    /** Pitfalls 8: the gradient norm does not depend on the split, for each loss. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sigmoid",
                "cdpo",
                "robust",
                "hinge",
                "ipo",
                "sigmoid_norm",
                "exo_pair",
                "nca_pair",
                "apo_zero",
                "apo_down",
                "aot",
                "aot_unpaired",
                "discopop",
                "sppo_hard",
                "bco_pair",
                "sft",
                "orpo",
                "simpo",
                "cpo"
            })
    void splitsAndWorkersChangeNothing(String loss) {
        int before = Engine.threads();
        try {
            Engine.useThreads(1);
            List<StepReport> whole = run(loss, 16);
            for (int micro : new int[] {2, 6}) {
                requireSame(whole, run(loss, micro));
            }
            Engine.useThreads(3);
            requireSame(whole, run(loss, 16));
            assertThat(run(loss, 16).stream().map(PreferenceTrainerTest::values))
                    .containsExactlyElementsOf(run(loss, 16).stream()
                            .map(PreferenceTrainerTest::values)
                            .toList());
        } finally {
            Engine.useThreads(before);
        }
    }

    private static Map<String, Double> values(StepReport report) {
        report.metrics().remove("pairs_per_second");
        return report.metrics();
    }

    private static void requireSame(List<StepReport> expected, List<StepReport> found) {
        for (int step = 0; step < expected.size(); step++) {
            for (String name : List.of("loss", "grad_norm", "rewards/margins", "logps/chosen", "lengths/rejected")) {
                double value = expected.get(step).metric(name);
                assertThat(found.get(step).metric(name))
                        .as("%s of step %d", name, step + 1)
                        .isCloseTo(value, within(1e-5 * Math.max(1, Math.abs(value))));
            }
        }
    }

    /** Weights and soft labels against sums that are computed one completion at a time. */
    @Test
    void theLossIsTheWeightedMeanOfTheExpectedLosses() {
        List<TokenPair> pairs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pairs.add(new TokenPair(
                    PAIRS.get(i).chosen(), PAIRS.get(i).rejected(), i % 2 == 0 ? 1 : 0.7, i % 3 == 0 ? 0.25 : 1));
        }
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(4)) {
            double sum = 0;
            double weights = 0;
            for (TokenPair pair : pairs) {
                double d = log(policy, pair.chosen())
                        - log(other, pair.chosen())
                        - log(policy, pair.rejected())
                        + log(other, pair.rejected());
                double p = pair.probability();
                sum += pair.weight() * (p * Math.log1p(Math.exp(-0.1 * d)) + (1 - p) * Math.log1p(Math.exp(0.1 * d)));
                weights += pair.weight();
            }
            PairLoss loss = loss("sigmoid");
            try (PreferenceTrainer trainer = new PreferenceTrainer(
                    policy, new ModelReference(other, false, 5), pairs, pairs, loss, plan(4).withRows(8))) {
                assertThat(trainer.evaluate().get("eval_loss")).isCloseTo(sum / weights, within(1e-6));
                assertThat(trainer.step(1).metric("loss")).isCloseTo(sum / weights, within(1e-6));
            }
        }
    }

    /** log pi of a document's targets, from the logits of that document alone. */
    private static double log(CausalLm model, TokenDocument document) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor logs = model.logits(TokenBatch.rightPadded(List.of(document.tokens()), 0))
                    .select(0, 0)
                    .logSoftmax(-1);
            double sum = 0;
            for (int t = document.firstTarget(); t < document.length(); t++) {
                sum += logs.select(0, t - 1).select(0, document.tokens()[t]).item();
            }
            return sum;
        }
    }

    @Test
    void atTheFirstStepRewardsAreTiesAndTheLossIsLog2() {
        StepReport first = run("sigmoid", 6).get(0);
        assertThat(first.metric("loss")).isCloseTo(Math.log(2), within(1e-5));
        assertThat(first.metric("rewards/accuracies")).isZero();
        assertThat(first.metric("rewards/chosen")).isZero();
        assertThat(first.metric("logps/chosen_fell")).isZero();
        assertThat(run("sigmoid", 6).get(3).metric("rewards/margins")).isNotZero();
        assertThat(run("ipo", 6).get(0).metric("loss")).isCloseTo(25, within(1e-3));
        assertThat(run("hinge", 6).get(0).metric("loss")).isCloseTo(1, within(1e-5));
    }

    @Test
    void otherLogProbabilitiesOfTheSameWeightsStopTheRun() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(4);
                PreferenceTrainer trainer = new PreferenceTrainer(
                        policy, new ModelReference(other, true, 5), PAIRS, List.of(), loss("sigmoid"), plan(4))) {
            assertThatThrownBy(() -> trainer.step(1))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("step 1: a reward of")
                    .hasMessageContaining("the same weights");
        }
    }

    /** ORPO learns the prompt too: its supervised term is that of the whole chosen document. */
    @Test
    void orpoIsTheLikelihoodOfPromptAndCompletionWithTheOddsRatio() {
        List<TokenPair> pairs = PAIRS.subList(0, 8);
        try (CausalLm policy = TinyModels.causal(3)) {
            double odds = 0;
            double nats = 0;
            int tokens = 0;
            for (TokenPair pair : pairs) {
                double chosen = log(policy, pair.chosen()) / pair.chosen().targets();
                double rejected = log(policy, pair.rejected()) / pair.rejected().targets();
                double lead = chosen - Math.log1p(-Math.exp(chosen)) - rejected + Math.log1p(-Math.exp(rejected));
                odds += Math.log1p(Math.exp(-lead)) / pairs.size();
                TokenDocument whole = TokenDocument.whole(pair.chosen().tokens());
                nats -= log(policy, whole);
                tokens += whole.targets();
            }
            PreferenceObjective orpo = objective("orpo");
            try (PreferenceTrainer trainer =
                    new PreferenceTrainer(policy, null, pairs, pairs, new PairLoss(orpo, true), plan(4).withRows(8))) {
                double expected = nats / tokens + 0.1 * odds;
                assertThat(trainer.evaluate().get("eval_loss")).isCloseTo(expected, within(1e-5));
                StepReport report = trainer.step(1);
                assertThat(report.metric("loss")).isCloseTo(expected, within(1e-5));
                assertThat(report.metrics()).doesNotContainKey("logps/chosen_fell");
            }
        }
    }

    @Test
    void labelsThatALossCannotUseAreRefusedBeforeTheFirstStep() {
        List<TokenPair> soft =
                List.of(new TokenPair(PAIRS.get(0).chosen(), PAIRS.get(0).rejected(), 0.7, 1));
        List<TokenPair> light =
                List.of(new TokenPair(PAIRS.get(0).chosen(), PAIRS.get(0).rejected(), 1, 0.5));
        try (CausalLm policy = TinyModels.causal(3)) {
            for (List<TokenPair> pairs : List.of(soft, light)) {
                assertThatThrownBy(() -> new PreferenceTrainer(
                                policy, new ModelReference(policy, true, 2), pairs, List.of(), loss("aot"), plan(4)))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("aot");
            }
            assertThatThrownBy(() -> new PreferenceTrainer(policy, null, List.of(), List.of(), loss("sft"), plan(4)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("no pair");
        }
    }

    @Test
    void learnsThePreference() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(3);
                PreferenceTrainer trainer = new PreferenceTrainer(
                        policy,
                        new ModelReference(other, true, 8),
                        PAIRS,
                        PAIRS,
                        loss("sigmoid"),
                        plan(16).withSteps(40).withOptimizer(OptimizerSettings.of(1e-2, Schedule.Shape.CONSTANT)))) {
            for (int step = 1; step <= 40; step++) {
                trainer.step(step);
            }
            Map<String, Double> metrics = trainer.evaluate();
            assertThat(metrics.get("eval_rewards/accuracies")).isEqualTo(1);
            assertThat(metrics.get("eval_rewards/margins")).isGreaterThan(1);
            assertThat(metrics.get("eval_loss")).isLessThan(0.4);
        }
    }

    private static List<StepReport> run(String loss, int micro) {
        List<StepReport> reports = new ArrayList<>();
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm other = TinyModels.causal(3);
                PreferenceTrainer trainer = new PreferenceTrainer(
                        policy, new ModelReference(other, true, 7), PAIRS, List.of(), loss(loss), plan(micro))) {
            for (int step = 1; step <= STEPS; step++) {
                reports.add(trainer.step(step));
            }
        }
        return reports;
    }

    private static PairLoss loss(String name) {
        return new PairLoss(objective(name), name.equals("orpo"));
    }

    private static PreferenceObjective objective(String name) {
        double smoothing = Arrays.asList("robust", "cdpo", "exo_pair").contains(name) ? 0.1 : 0;
        return PreferenceObjective.named(
                "loss", List.of(name), List.of(), PreferenceSettings.defaults().withLabelSmoothing(smoothing));
    }

    private static RowPlan plan(int micro) {
        return RowPlan.defaults()
                .withSteps(STEPS)
                .withMicro(micro)
                .withOptimizer(OptimizerSettings.of(1e-3, Schedule.Shape.CONSTANT))
                .withSeed(11);
    }
}
