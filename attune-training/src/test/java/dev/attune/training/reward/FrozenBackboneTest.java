package dev.attune.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.TinyModels;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FrozenBackboneTest {
    private static final List<Comparison> TRAIN = comparisons(80, 1);
    private static final List<Comparison> TEST = comparisons(40, 2);
    private static final int STEPS = 20;

    @Test
    void aHeadThatReadsTheCompletionLearnsWhatThePromptSaysNothingAbout() {
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options(8, true, 0, 120), (model, trainer) -> {
            assertThat(trainer.report().accuracy()).isZero();
            for (int step = 1; step <= 120; step++) {
                trainer.step(step);
            }
            assertThat(trainer.report().accuracy()).isGreaterThan(0.85);
        });
    }

    /** A token dropout of almost nothing makes the trainer pass the sequences through the model at each step. */
    @Test
    void featuresThatAreKeptGiveTheLossesOfAForwardPassPerStep() {
        double[] kept = losses(options(8, true, 0, STEPS));
        double[] passed = losses(options(8, true, 1e-12, STEPS));
        for (int step = 0; step < STEPS; step++) {
            assertThat(kept[step]).as("step %d", step + 1).isCloseTo(passed[step], within(1e-5));
        }
        assertThat(kept[STEPS - 1]).isLessThan(kept[0]);
    }

    @Test
    void theSizeOfMicroBatchesChangesNoLoss() {
        double[] one = losses(options(1, true, 0, STEPS));
        double[] all = losses(options(64, true, 0, STEPS));
        for (int step = 0; step < STEPS; step++) {
            assertThat(one[step]).as("step %d", step + 1).isCloseTo(all[step], within(1e-5));
        }
    }

    @Test
    void standardizedFeaturesHaveVarianceOneOverTheTrainingSequences() {
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options(8, true, 0, STEPS), (model, trainer) -> {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.on()) {
                Tensor features = model.features(sequences(TRAIN));
                Tensor variance = features.minus(features.mean(0)).square().mean(0);
                assertThat(variance.minus(1).abs().max().item()).isLessThan(1e-3);
            }
        });
    }

    @Test
    void onlyTheHeadMovesAndOnlyItsStateIsSaved() {
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options(8, false, 0, STEPS), (model, trainer) -> {
            float[] layer = weight(model, "model.layers.1.mlp.down_proj.weight");
            trainer.step(1);
            assertThat(weight(model, "model.layers.1.mlp.down_proj.weight")).isEqualTo(layer);
            assertThat(weight(model, "score.weight")).isNotEqualTo(new float[16]);
            assertThat(trainer.state().tensors().values()).allMatch(tensor -> tensor.count() == 16);
        });
    }

    @Test
    void theLastLayersMoveAndTheOthersDoNot() {
        run(RewardPooling.LAST, model -> model.freezeAllButLast(1), options(8, false, 0, STEPS), (model, trainer) -> {
            float[] frozen = weight(model, "model.layers.0.mlp.down_proj.weight");
            float[] last = weight(model, "model.layers.1.mlp.down_proj.weight");
            double before = trainer.report().logLoss();
            for (int step = 1; step <= STEPS; step++) {
                trainer.step(step);
            }
            assertThat(weight(model, "model.layers.0.mlp.down_proj.weight")).isEqualTo(frozen);
            assertThat(weight(model, "model.layers.1.mlp.down_proj.weight")).isNotEqualTo(last);
            assertThat(trainer.report().logLoss()).isLessThan(before);
        });
    }

    @Test
    void aRestoredRunEndsWithTheSameBits() {
        List<float[]> ends = new ArrayList<>();
        List<float[]> states = new ArrayList<>();
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options(8, true, 0, STEPS), (model, trainer) -> {
            for (int step = 1; step <= STEPS; step++) {
                trainer.step(step);
                if (step == STEPS / 2) {
                    trainer.state().tensors().values().forEach(tensor -> states.add(tensor.toFloats()));
                }
            }
            ends.add(weights(model));
        });
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options(8, true, 0, STEPS), (model, trainer) -> {
            int i = 0;
            try (NoGrad off = NoGrad.on();
                    Scope scope = Scope.open()) {
                for (Tensor tensor : trainer.state().tensors().values()) {
                    float[] state = states.get(i++);
                    tensor.copyInPlace(Tensor.of(state, state.length));
                }
            }
            for (int step = STEPS / 2 + 1; step <= STEPS; step++) {
                trainer.step(step);
            }
            ends.add(weights(model));
        });
        assertThat(ends.get(1)).isEqualTo(ends.get(0));
    }

    @Test
    void notesTellHowFarTheFeaturesAre() {
        List<String> notes = new ArrayList<>();
        try (RewardModel model = model(RewardPooling.MEAN)) {
            model.freezeBackbone();
            new RewardTrainer(model, TRAIN, TEST, options(8, true, 0, STEPS), notes::add).close();
        }
        long tokens = sequences(TRAIN).stream()
                        .mapToLong(RewardSequence::length)
                        .sum()
                + sequences(TEST).stream().mapToLong(RewardSequence::length).sum();
        assertThat(notes).hasSize(4);
        assertThat(notes.get(3)).startsWith(String.format("features of %,d of %,d tokens, ", tokens, tokens));
    }

    private interface Work {
        void on(RewardModel model, RewardTrainer trainer);
    }

    private static void run(RewardPooling pooling, Consumer<RewardModel> freeze, RewardOptions options, Work work) {
        try (RewardModel model = model(pooling)) {
            freeze.accept(model);
            try (RewardTrainer trainer = new RewardTrainer(model, TRAIN, TEST, options)) {
                work.on(model, trainer);
            }
        }
    }

    private static double[] losses(RewardOptions options) {
        double[] losses = new double[STEPS];
        run(RewardPooling.MEAN, RewardModel::freezeBackbone, options, (model, trainer) -> {
            for (int step = 1; step <= STEPS; step++) {
                losses[step - 1] = trainer.step(step).metric("loss");
            }
        });
        return losses;
    }

    private static RewardModel model(RewardPooling pooling) {
        try (CausalLm causal = TinyModels.causal(4);
                Scope scope = Scope.open()) {
            return RewardModel.fromBackbone(causal, new RewardModel.Shape(2, pooling), Tensor.zeros(1, 16));
        }
    }

    private static RewardOptions options(int micro, boolean standardize, double dropout, int steps) {
        OptimizerSettings optimizer = new OptimizerSettings(2e-2, 0.9, 0.999, 1e-5, 0.1, Schedule.Shape.LINEAR, 0, 1.0);
        ComparisonSettings comparison = new ComparisonSettings(ComparisonSettings.Loss.BRADLEY_TERRY, 0, true, dropout);
        return new RewardOptions(steps, 1, 8, micro, standardize, comparison, DataOrder.SHUFFLED, optimizer, 3);
    }

    private static float[] weight(RewardModel model, String name) {
        return model.parameters().byName().get(name).toFloats();
    }

    private static List<RewardSequence> sequences(List<Comparison> comparisons) {
        return comparisons.stream().flatMap(c -> c.sequences().stream()).toList();
    }

    /** The completion with a 7 in it is chosen; prompts hold sevens at random. */
    private static List<Comparison> comparisons(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt =
                    random.ints(1 + random.nextInt(6), 5, TinyModels.VOCABULARY).toArray();
            List<RewardSequence> sequences = List.of(sequence(prompt, 7, random), sequence(prompt, 8, random));
            comparisons.add(new Comparison(
                    sequences,
                    sequences.stream()
                            .map(s -> s.length() - s.completionStart())
                            .toList(),
                    List.of(new Comparison.Pair(0, 1, 1, 0, 1)),
                    List.of()));
        }
        return comparisons;
    }

    private static float[] weights(RewardModel model) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            List<Tensor> rows = model.parameters().byName().values().stream()
                    .map(weight -> weight.reshape(-1))
                    .toList();
            return Tensor.cat(rows, 0).toFloats();
        }
    }

    private static RewardSequence sequence(int[] prompt, int first, SplittableRandom random) {
        int[] tokens = java.util.Arrays.copyOf(prompt, prompt.length + 4 + random.nextInt(3));
        for (int at = prompt.length; at < tokens.length; at++) {
            tokens[at] = random.nextInt(9, TinyModels.VOCABULARY);
        }
        tokens[prompt.length + random.nextInt(2)] = first;
        tokens[tokens.length - 1] = TinyModels.END;
        return new RewardSequence(tokens, prompt.length);
    }
}
