package dev.attune.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.StepReport;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The critic's learning rate is independent of the policy's. */
class CriticLearningRateTest {
    private static final double RATE = 3e-3;
    private static final int STEPS = 4;

    @Test
    void aFrozenPolicyKeepsItsBitsWhileTheCriticMovesAsAdamWSays() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, 0, RATE, false)) {
            Map<String, Tensor> state = trainer.state().tensors();
            float[] frozen = state.get("policy").toFloats();
            float[] before = state.get("critic").toFloats();
            for (int step = 1; step <= 2; step++) {
                // linear from RATE to 0 over four steps: the factors of steps 1 and 2 are 1 and 3/4
                double rate = RATE * (1 - (step - 1) / (double) STEPS);
                StepReport report = trainer.step(step);
                assertThat(report.metric("lr")).isZero();
                assertThat(report.metric("critic/lr")).isCloseTo(rate, within(1e-15));
                assertThat(state.get("policy").toFloats()).isEqualTo(frozen);
                float[] after = state.get("critic").toFloats();
                float[] expected = adam(before, state, step, rate);
                assertThat(after).isNotEqualTo(before).containsExactly(expected, within(1e-7f));
                before = after;
            }
        }
    }

    @Test
    void theHeadOfASharedCriticMovesAloneIfThePolicyIsFrozen() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, 0, RATE, true)) {
            Map<String, Tensor> state = trainer.state().tensors();
            float[] frozen = state.get("policy").toFloats();
            float[] head = state.get("critic").toFloats();
            trainer.step(1);
            assertThat(state.get("policy").toFloats()).isEqualTo(frozen);
            assertThat(state.get("critic").toFloats())
                    .isNotEqualTo(head)
                    .containsExactly(adam(head, state, 1, RATE), within(1e-7f));
        }
    }

    @Test
    void aFrozenCriticKeepsItsBitsWhileThePolicyLearns() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, RATE, 0.0, false)) {
            Map<String, Tensor> state = trainer.state().tensors();
            float[] start = state.get("policy").toFloats();
            float[] frozen = state.get("critic").toFloats();
            StepReport report = trainer.step(1);
            assertThat(report.metric("lr")).isEqualTo(RATE);
            assertThat(report.metric("critic/lr")).isZero();
            assertThat(state.get("policy").toFloats()).isNotEqualTo(start);
            assertThat(state.get("critic").toFloats()).isEqualTo(frozen);
        }
    }

    @Test
    void aCriticWithoutARateLearnsAtThePolicys() {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, RATE, null, false)) {
            StepReport report = trainer.step(1);
            assertThat(report.metric("critic/lr"))
                    .isEqualTo(report.metric("lr"))
                    .isEqualTo(RATE);
        }
    }

    /** One update by hand from the moments: w - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps). */
    private static float[] adam(float[] weights, Map<String, Tensor> state, int t, double rate) {
        float[] m = state.get("adam.1.m").toFloats();
        float[] v = state.get("adam.1.v").toFloats();
        float[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            double first = m[i] / (1 - Math.pow(0.9, t));
            double second = v[i] / (1 - Math.pow(0.999, t));
            moved[i] = (float) (weights[i] - rate * first / (Math.sqrt(second) + 1e-5));
        }
        return moved;
    }

    private static PpoTrainer trainer(CausalLm policy, double rate, Double criticRate, boolean shared) {
        PpoSettings ppo = PpoFixtures.settings(1, 1, PpoSettings.Credit.TOKEN);
        return PpoTrainer.builder(policy, new LetterTokenizer())
                .prompts(PpoFixtures.PROMPTS)
                .reward(PpoFixtures.LIKES_A)
                .options(PpoFixtures.options(ppo)
                        .withSteps(STEPS, 16)
                        .withCritic(new CriticSettings(CriticSettings.Init.POLICY, shared, criticRate))
                        .withOptimizer(OptimizerSettings.of(rate, Schedule.Shape.LINEAR)))
                .build();
    }
}
