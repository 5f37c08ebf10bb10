package dev.attune.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.ppo.PpoFixtures;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoSettings;
import dev.attune.training.ppo.PpoTrainer;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.Trainer;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The errors of a run for numbers that are not finite. */
class FiniteChecksTest {
    private static final String VECTOR = "model.layers.1.input_layernorm.weight";
    private static final List<TokenDocument> DOCUMENTS =
            List.of(TokenDocument.completion(new int[] {5, 6}, new int[] {7, TinyModels.END}));

    @Test
    void weightsThatAreNaNBeforeTrainingAreRefusedByName() {
        try (CausalLm model = TinyModels.causal(3);
                CausalLm good = TinyModels.causal(3)) {
            fill(model, VECTOR, Double.NaN);
            assertThatThrownBy(() -> sft(model, 1e-3).close())
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("the weights of the model")
                    .hasMessageContaining(VECTOR)
                    .hasMessageContaining("before training")
                    .hasMessageNotContaining("learning_rate");
            assertThatThrownBy(() -> ppo(model, model, 1e-3, scorer(1)).close())
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("the weights of the policy");
            assertThatThrownBy(() -> ppo(good, model, 1e-3, scorer(1)).close())
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("the weights of the reference");
        }
    }

    @Test
    void aLossThatIsNaNBeforeAnyUpdateIsNotTheLearningRatesFault() {
        try (CausalLm model = TinyModels.causal(3)) {
            fill(model, VECTOR, 3e38);
            assertFails(sft(model, 1e-3), 1)
                    .hasMessageStartingWith("step 1: the loss is NaN while all weights are finite")
                    .hasMessageContaining("not at the learning rate");
        }
    }

    @Test
    void weightsThatAnUpdateMadeInfiniteAreNamedWithTheStep() {
        try (CausalLm model = TinyModels.causal(3)) {
            assertFails(sft(model, 1e39), 2)
                    .hasMessageStartingWith("step 2: the loss is NaN because the weights are not finite, first "
                            + model.parameters().byName().keySet().iterator().next())
                    .hasMessageContaining("of the model, after the update of step 1 at the latest")
                    .hasMessageEndingWith("lower optimizer.learning_rate, or look at the data of this step");
        }
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm reference = TinyModels.causal(3)) {
            assertFails(ppo(policy, reference, 1e39, scorer(1)), 2)
                    .hasMessageStartingWith(
                            "step 2: the log-probability under the policy at token 1 of completion 1 is NaN"
                                    + " because the weights are not finite")
                    .hasMessageContaining("of the policy, after the update of step 1 at the latest");
        }
    }

    @Test
    void aGradientThatIsNaNIsNamedIfTheBackboneIsFrozen() {
        try (CausalLm causal = TinyModels.causal(3);
                RewardModel model = RewardModel.fromBackbone(causal, 5)) {
            model.freezeBackbone();
            model.parameters().flatGrad().fillInPlace(Double.NaN);
            assertThat(FiniteChecks.inGradient(2, Double.NaN, List.of(model.parameters())))
                    .hasMessageStartingWith("update 2: the gradient of score.weight is not finite");
        }
    }

    @Test
    void aScoreThatOverflowsNamesTheReward() {
        try (CausalLm policy = TinyModels.causal(3);
                CausalLm reference = TinyModels.causal(3)) {
            assertFails(ppo(policy, reference, 1e-3, scorer(1e39)), 1)
                    .hasMessageStartingWith("step 1: the reward at token ")
                    .hasMessageContaining("is Infinity, with a score of 1.0E39")
                    .hasMessageNotContaining("learning_rate");
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFails(Trainer trainer, int step) {
        try (trainer) {
            for (int before = 1; before < step; before++) {
                assertThat(trainer.step(before).metrics()).isNotEmpty();
            }
            return assertThatThrownBy(() -> trainer.step(step)).isInstanceOf(RunFailedException.class);
        }
    }

    private static RewardFunction scorer(double score) {
        return batch -> {
            double[] scores = new double[batch.size()];
            java.util.Arrays.fill(scores, score);
            return scores;
        };
    }

    private static SftTrainer sft(CausalLm model, double rate) {
        OptimizerSettings optimizer = OptimizerSettings.of(rate, Schedule.Shape.CONSTANT);
        return new SftTrainer(
                model, DOCUMENTS, List.of(), new SftOptions(9, 1, 2, 2, 24, false, DataOrder.SHUFFLED, optimizer, 11));
    }

    private static PpoTrainer ppo(CausalLm policy, CausalLm reference, double rate, RewardFunction reward) {
        return PpoTrainer.builder(policy, new LetterTokenizer())
                .prompts(List.of(Prompt.text("ab")))
                .reward(reward)
                .reference(reference)
                .options(PpoOptions.defaults()
                        .withSteps(5, 4)
                        .withGeneration(GenerationSettings.of(4, 1))
                        .withPpo(PpoFixtures.settings(1, 1, PpoSettings.Credit.TOKEN))
                        .withOptimizer(OptimizerSettings.of(rate, Schedule.Shape.CONSTANT)))
                .build();
    }

    private static void fill(CausalLm model, String name, double value) {
        ParameterSet parameters = model.parameters();
        parameters.byName().get(name).fillInPlace(value);
    }
}
