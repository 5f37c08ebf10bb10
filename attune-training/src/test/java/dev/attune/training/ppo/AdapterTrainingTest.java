package dev.attune.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.BaseModel;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.optimizer.Schedule;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.PpoSettings;
import dev.attune.training.run.StepReport;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The trainers on models whose trained weights are an adapter's. */
class AdapterTrainingTest {
    private static final AdapterSpec SPEC = AdapterSpec.of(4);

    private final List<TokenDocument> documents = IntStream.range(0, 24)
            .mapToObj(i -> TokenDocument.completion(
                    new int[] {4 + i % 5, 7}, new int[] {4 + i % 5, 5 + i % 5, 6 + i % 5, TinyModels.END}))
            .toList();

    private static CausalLm adapted(CausalLm base, AdapterSpec spec, long seed) {
        return CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), spec, seed));
    }

    private static Map<String, float[]> weights(CausalLm model) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        model.parameters().byName().forEach((name, weight) -> weights.put(name, weight.toFloats()));
        return weights;
    }

    private SftOptions options(int micro) {
        OptimizerSettings optimizer = OptimizerSettings.of(1e-2, Schedule.Shape.CONSTANT);
        return new SftOptions(12, 1, 8, micro, 24, false, DataOrder.SHUFFLED, optimizer, 11);
    }

    private double[] losses(int micro, AdapterSpec spec) {
        try (CausalLm base = TinyModels.causal(3);
                CausalLm model = adapted(base, spec, 5);
                SftTrainer trainer = new SftTrainer(model, documents, List.of(), options(micro))) {
            return IntStream.rangeClosed(1, 12)
                    .mapToDouble(step -> {
                        model.atStep(step);
                        return trainer.step(step).metric("loss");
                    })
                    .toArray();
        }
    }

    @Test
    void onlyTheAdapterLearnsAndItsStateIsAllThatACheckpointHolds() {
        try (CausalLm base = TinyModels.causal(3)) {
            Map<String, float[]> before = weights(base);
            try (CausalLm model = adapted(base, SPEC, 5);
                    SftTrainer trainer = new SftTrainer(model, documents, List.of(), options(8))) {
                double first = trainer.step(1).metric("loss");
                double last = 0;
                for (int step = 2; step <= 12; step++) {
                    last = trainer.step(step).metric("loss");
                }
                assertThat(last).isLessThan(first - 0.1);
                long trained = model.parameters().trained().count();
                assertThat(trained).isLessThan(base.parameters().count());
                trainer.state().tensors().values().forEach(tensor -> assertThat(tensor.count())
                        .isEqualTo(trained));
            }
            weights(base).forEach((name, weight) -> assertThat(weight).isEqualTo(before.get(name)));
        }
    }

    /** Also with dropout, whose masks depend on rows and steps alone. */
    @Test
    void lossesDependNeitherOnMicroBatchesNorOnWorkers() {
        AdapterSpec spec = SPEC.withDropout(0.2);
        int threads = Engine.threads();
        try {
            Engine.useThreads(1);
            double[] whole = losses(8, spec);
            assertThat(losses(8, spec)).isEqualTo(whole);
            assertThat(losses(8, SPEC)).isNotEqualTo(whole);
            assertThat(losses(2, spec)).containsExactly(whole, within(1e-4));
            Engine.useThreads(2);
            assertThat(losses(8, spec)).containsExactly(whole, within(1e-4));
        } finally {
            Engine.useThreads(threads);
        }
    }

    @Test
    void aRestoredRunEndsWithTheSameBits() {
        List<float[]> ends = new ArrayList<>();
        List<float[]> states = new ArrayList<>();
        for (boolean resumed : new boolean[] {false, true}) {
            try (CausalLm base = TinyModels.causal(3);
                    CausalLm model = adapted(base, SPEC.withDropout(0.1), 5);
                    SftTrainer trainer = new SftTrainer(model, documents, List.of(), options(4))) {
                if (resumed) {
                    restore(trainer.state().tensors().values().stream().toList(), states);
                }
                for (int step = resumed ? 7 : 1; step <= 12; step++) {
                    model.atStep(step);
                    trainer.step(step);
                    if (step == 6) {
                        trainer.state().tensors().values().forEach(tensor -> states.add(tensor.toFloats()));
                    }
                }
                ends.add(model.parameters().trained().toFloats());
            }
        }
        assertThat(ends.get(1)).isEqualTo(ends.get(0));
    }

    private static void restore(List<Tensor> live, List<float[]> states) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            for (int i = 0; i < live.size(); i++) {
                live.get(i).copyInPlace(Tensor.of(states.get(i), states.get(i).length));
            }
        }
    }

    /** Policy, reference and critic on one base: KL is 0 and the ratio is 1 at the start, as the trainer checks. */
    @Test
    void ppoStartsWithKlZeroAgainstTheAdapterSwitchedOff() {
        PpoOptions options = PpoFixtures.options(PpoFixtures.settings(2, 2, -1.0, PpoSettings.MissingEos.REPLACE, null))
                .withMicro(16);
        try (CausalLm base = TinyModels.causal(2)) {
            BaseModel shared = base.asBase();
            Map<String, float[]> before = weights(base);
            try (CausalLm policy = adapted(base, SPEC, 5);
                    CausalLm reference = policy.withoutAdapter();
                    RewardModel critic = RewardModel.adapted(
                            shared.asReward(), Adapter.create(shared.asReward(), AdapterSpec.of(2), 6));
                    PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                            .prompts(PpoFixtures.PROMPTS)
                            .reward(PpoFixtures.LIKES_A)
                            .options(options)
                            .reference(reference)
                            .criticFrom(critic)
                            .build()) {
                StepReport first = trainer.step(1);
                assertThat(first.metric("objective/kl")).isCloseTo(0, within(1e-4));
                assertThat(first.warnings()).isEmpty();
                assertThat(trainer.step(2).metric("objective/kl")).isNotZero();
                assertThat(policy.computesAs(reference)).isFalse();
            }
            weights(base).forEach((name, weight) -> assertThat(weight).isEqualTo(before.get(name)));
        }
    }
}
