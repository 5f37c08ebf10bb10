package dev.attune.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.rollout.Rollout;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.kl.KlEstimator;
import dev.attune.training.onpolicy.ScoreRule;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PpoTrainerTest {
    @Test
    void theFirstStepStartsWithKlZeroAndRatioOne() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, options(4))) {
            StepReport report = trainer.step(1);
            assertThat(report.metric("objective/kl")).isCloseTo(0, within(1e-4));
            assertThat(report.metric("objective/kl_k3")).isCloseTo(0, within(1e-4));
            assertThat(report.warnings()).isEmpty();
            StepReport second = trainer.step(2);
            assertThat(second.metric("objective/kl")).isNotZero();
        }
    }

    @Test
    void inBfloat16TheReferenceStoredInItAgreesWithThePolicyAndLossesAreNear() {
        List<StepReport> whole = run(options(16), 3);
        for (ProductPrecision precision :
                List.of(ProductPrecision.BFLOAT16_FACTORS, ProductPrecision.BFLOAT16_RESULTS)) {
            Engine.useProductPrecision(precision);
            try (CausalLm policy = TinyModels.causal(2);
                    CausalLm reference = TinyModels.causal(2).storedAs(DType.BFLOAT16);
                    PpoTrainer trainer =
                            builder(policy, options(16)).reference(reference).build()) {
                StepReport first = trainer.step(1);
                assertThat(first.warnings()).isEmpty();
                assertThat(first.metric("objective/kl")).isCloseTo(0, within(1e-2));
                assertThat(first.metric("loss/value_avg"))
                        .isCloseTo(whole.get(0).metric("loss/value_avg"), within(0.02));
                assertThat(trainer.step(2).metric("objective/kl")).isNotZero();
            } finally {
                Engine.useProductPrecision(ProductPrecision.FLOAT32);
            }
        }
    }

    @Test
    void theRolloutRecordsWhatEachTokenGot() {
        PpoOptions options =
                options(4).withKl(new KlSettings(KlSettings.Placement.REWARD, 0.1, KlEstimator.K1, null, 1));
        try (CausalLm policy = TinyModels.causal(2);
                CausalLm reference = TinyModels.causal(3);
                PpoTrainer trainer =
                        builder(policy, options).reference(reference).build()) {
            StepReport report = trainer.step(1);
            assertThat(report.warnings().get(0)).contains("start from different weights");
            double targets = 0;
            for (Rollout rollout : report.rollouts()) {
                int last = rollout.tokens().length - 1;
                targets += last + 1;
                boolean ended = rollout.tokens()[last] == TinyModels.END;
                double score = ended ? rollout.score() : -1;
                for (int t = 0; t <= last; t++) {
                    float x = rollout.logprobs()[t] - rollout.referenceLogprobs()[t];
                    assertThat(rollout.kl()[t]).isCloseTo(x, within(1e-5f));
                    assertThat(rollout.rewards()[t])
                            .as("the score stands at the last token alone")
                            .isCloseTo((float) (-0.1 * x + (t == last ? score : 0)), within(1e-5f));
                    assertThat(rollout.returns()[t])
                            .isCloseTo(rollout.advantages()[t] + rollout.values()[t], within(1e-5f));
                }
            }
            assertThat(report.metric("response/length") * report.rollouts().size())
                    .isCloseTo(targets, within(1e-6));
        }
    }

    @Test
    void anyMicroBatchSplitGivesTheSameLossesOverTenSteps() {
        List<StepReport> whole = run(options(16), 10);
        List<StepReport> split = run(options(3), 10);
        for (int step = 0; step < 10; step++) {
            for (String name : List.of("loss/policy_avg", "loss/value_avg", "policy/entropy_avg", "objective/scores")) {
                double expected = whole.get(step).metric(name);
                assertThat(split.get(step).metric(name))
                        .as("%s at step %d", name, step + 1)
                        .isCloseTo(expected, within(1e-5 * Math.max(0.1, Math.abs(expected))));
            }
        }
    }

    @Test
    void learnsWhatIsRewarded() {
        for (boolean shared : new boolean[] {false, true}) {
            PpoOptions options = options(16)
                    .withCritic(new CriticSettings(CriticSettings.Init.POLICY, shared, null))
                    .withPpo(PpoFixtures.settings(4, 1, PpoSettings.Credit.TOKEN))
                    .withOptimizer(OptimizerSettings.of(1e-2, Schedule.Shape.LINEAR))
                    .withSteps(15, 32);
            List<StepReport> reports = run(options, 15);
            double before = reports.get(0).metric("objective/scores");
            double after = reports.get(14).metric("objective/scores");
            assertThat(after).as("shared backbone: %s", shared).isGreaterThan(before + 0.5);
            assertThat(reports.get(14).metric("objective/kl")).isPositive();
        }
    }

    @Test
    void klLossesAndAdaptiveCoefficientsWork() {
        PpoOptions loss = options(8).withKl(new KlSettings(KlSettings.Placement.LOSS, 0.1, KlEstimator.K2, null, 1));
        assertThat(run(loss, 3).get(2).metric("objective/non_score_reward")).isZero();
        PpoOptions adaptive =
                options(8).withKl(new KlSettings(KlSettings.Placement.REWARD, 0.1, KlEstimator.K1, 5.0, 100));
        List<StepReport> reports = run(adaptive, 2);
        assertThat(reports.get(1).metric("objective/kl_coefficient"))
                .isCloseTo(0.1 * (1 - 0.2 * 16 / 100), within(1e-9));
    }

    @Test
    void aHorizonThatCouldTurnTheKlCoefficientNegativeIsRefused() {
        PpoOptions options =
                options(8).withKl(new KlSettings(KlSettings.Placement.REWARD, 0.1, KlEstimator.K1, 5.0, 3));
        try (CausalLm policy = TinyModels.causal(2)) {
            assertThatThrownBy(() -> trainer(policy, options))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("KL horizon of 3.0")
                    .hasMessageContaining("which are 16");
        }
    }

    /** Tokens 0 to 2 are not letters: the text of a completion that has one does not give it back. */
    @Test
    void theRewardSeesTheTextAndTheShareOfTextsThatReadBackOtherwiseIsMeasured() {
        LetterTokenizer tokenizer = new LetterTokenizer();
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, options(4))) {
            StepReport report = trainer.step(1);
            int other = 0;
            for (Rollout rollout : report.rollouts()) {
                int length = rollout.tokens().length;
                int end = rollout.tokens()[length - 1] == TinyModels.END ? length - 1 : length;
                int[] sampled = Arrays.copyOf(rollout.tokens(), end);
                assertThat(rollout.completion()).isEqualTo(tokenizer.decode(sampled));
                assertThat(rollout.scores().get("likes a"))
                        .isEqualTo(rollout.completion()
                                .chars()
                                .filter(c -> c == 'a')
                                .count());
                other += Arrays.stream(sampled).anyMatch(token -> token < 3) ? 1 : 0;
            }
            assertThat(other).isBetween(1, report.rollouts().size() - 1);
            assertThat(report.metric("rollout/retokenized_share"))
                    .isEqualTo((double) other / report.rollouts().size());
        }
    }

    @Test
    void moreMinibatchesThanRolloutsAreRefused() {
        try (CausalLm policy = TinyModels.causal(2)) {
            assertThatThrownBy(() -> trainer(policy, options(8).withSteps(1, 1)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(
                            "found 2 minibatches, expected at most the 1 rollouts of a step; lower ppo.minibatches or"
                                    + " raise batch.rollouts");
        }
    }

    @Test
    void rewardsThatAreAllEqualAreSaidAtTheFirstStep() {
        RewardFunction constant = batch -> {
            double[] scores = new double[batch.size()];
            Arrays.fill(scores, 3);
            return scores;
        };
        PpoSettings plain = PpoFixtures.settings(1, 1, null, ScoreRule.MissingEos.REPLACE, 2.0);
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .prompts(PpoFixtures.PROMPTS)
                        .reward(constant)
                        .options(PpoFixtures.options(plain))
                        .build()) {
            assertThat(trainer.step(1).warnings())
                    .singleElement()
                    .asString()
                    .startsWith("all 16 rollouts have the same reward, 2.0: nothing is learned from it");
            assertThat(trainer.step(2).warnings()).isEmpty();
        }
    }

    @Test
    void theCriticStartsFromTheRewardModel() {
        PpoOptions options = options(8).withCritic(new CriticSettings(CriticSettings.Init.REWARD, false, null));
        try (CausalLm policy = TinyModels.causal(2);
                RewardModel reward = RewardModel.fromBackbone(policy, 8);
                PpoTrainer trainer = builder(policy, options).criticFrom(reward).build();
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            assertThat(trainer.state().tensors().get("critic").toFloats())
                    .isEqualTo(reward.parameters().trained().toFloats());
        }
    }

    @Test
    void missingEndTokensReplaceOrAdd() {
        assertThat(terminal(ScoreRule.MissingEos.REPLACE, null, 3, false)).isEqualTo(-1);
        assertThat(terminal(ScoreRule.MissingEos.ADD, null, 3, false)).isEqualTo(2);
        assertThat(terminal(ScoreRule.MissingEos.ADD, null, 3, true)).isEqualTo(3);
        assertThat(terminal(ScoreRule.MissingEos.ADD, 1.5, 3, false)).isEqualTo(1.5);
    }

    @Test
    void biasedSamplingIsRefusedUnlessAllowed() {
        GenerationSettings filtered = new GenerationSettings(4, 1, 5, 1, 0, 1, List.of(), false);
        try (CausalLm policy = TinyModels.causal(2)) {
            assertThatThrownBy(() -> trainer(policy, options(4).withGeneration(filtered)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("allow_biased_sampling");
            GenerationSettings allowed = new GenerationSettings(4, 1, 5, 1, 0, 1, List.of(), true);
            trainer(policy, options(4).withGeneration(allowed)).close();
        }
    }

    @Test
    void aRewardThatIsNotANumberFailsTheRun() {
        RewardFunction broken = batch -> new double[batch.size()];
        RewardFunction nan =
                batch -> batch.stream().mapToDouble(e -> Double.NaN).toArray();
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer =
                        builder(policy, options(4)).reward(broken).reward(nan).build()) {
            assertThatThrownBy(() -> trainer.step(1)).isInstanceOf(RunFailedException.class);
        }
    }

    @Test
    void evaluationRepeatsItself() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer =
                        builder(policy, options(4)).heldOut(PpoFixtures.PROMPTS).build()) {
            assertThat(trainer.evaluate()).isEqualTo(trainer.evaluate());
            assertThat(trainer.evaluate()).containsKeys("eval_score", "eval_length", "eval_ended");
        }
    }

    private static double terminal(ScoreRule.MissingEos mode, Double clip, double score, boolean ended) {
        PpoSettings ppo = PpoFixtures.settings(1, 1, -1.0, mode, clip);
        return ppo.scoreRule().apply(score, ended);
    }

    private static List<StepReport> run(PpoOptions options, int steps) {
        List<StepReport> reports = new ArrayList<>();
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, options)) {
            for (int step = 1; step <= steps; step++) {
                reports.add(trainer.step(step));
            }
        }
        return reports;
    }

    private static PpoTrainer trainer(CausalLm policy, PpoOptions options) {
        return builder(policy, options).build();
    }

    private static PpoTrainer.Builder builder(CausalLm policy, PpoOptions options) {
        return PpoTrainer.builder(policy, new LetterTokenizer())
                .prompts(PpoFixtures.PROMPTS)
                .reward(PpoFixtures.LIKES_A)
                .options(options);
    }

    private static PpoOptions options(int micro) {
        return PpoFixtures.options(PpoFixtures.settings(2, 2, -1.0, ScoreRule.MissingEos.REPLACE, null))
                .withMicro(micro);
    }
}
