package dev.attune.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.TinyModels;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RewardTrainerTest {
    private static final List<Comparison> TRAIN = comparisons(120, 1);
    private static final List<Comparison> TEST = comparisons(60, 2);

    @Test
    void anyMicroBatchSplitGivesTheSameLossesOverTenSteps() {
        for (ComparisonSettings.Loss loss : ComparisonSettings.Loss.values()) {
            double[] whole = losses(64, loss);
            double[] split = losses(1, loss);
            for (int step = 0; step < whole.length; step++) {
                assertThat(split[step])
                        .as("%s, step %d", loss, step + 1)
                        .isCloseTo(whole[step], within(1e-5 * whole[step]));
            }
        }
    }

    @Test
    void learnsWhichTokenIsLikedAndPassesTheGate() {
        try (RewardModel model = model();
                RewardTrainer trainer =
                        new RewardTrainer(model, TRAIN, TEST, options(32, ComparisonSettings.Loss.BRADLEY_TERRY, 60))) {
            double before = trainer.report().accuracy();
            for (int step = 1; step <= 60; step++) {
                trainer.step(step);
            }
            RewardReport report = trainer.report();
            assertThat(report.accuracy()).isGreaterThan(0.9).isGreaterThan(before);
            Gate gate = report.gate(new GateSettings(50, 0.8, 0.2, 0.9, true));
            assertThat(gate.passed()).as(gate.reason()).isTrue();
            Gate strict = report.gate(new GateSettings(100_000, 0.8, 0.2, 0.9, true));
            assertThat(strict.reason()).startsWith("held-out pairs:").contains("should be at least");
        }
    }

    @Test
    void normalizationGivesMeanZeroAndVarianceOneAndKeepsPreferences() {
        try (RewardModel model = model();
                RewardTrainer trainer =
                        new RewardTrainer(model, TRAIN, TEST, options(32, ComparisonSettings.Loss.BRADLEY_TERRY, 10))) {
            trainer.step(1);
            double accuracy = trainer.report().accuracy();
            trainer.normalize();
            RewardReport train = RewardReport.of(ScoredComparisons.of(model, TRAIN, 32));
            assertThat(train.scoreMean()).isCloseTo(0, within(1e-4));
            assertThat(train.scoreDeviation()).isCloseTo(1, within(1e-4));
            assertThat(trainer.report().accuracy()).isEqualTo(accuracy);
        }
    }

    @Test
    void normalizationDrawsItsSampleFromTheWholeDataByTheSeed() {
        List<Comparison> many = comparisons(400, 3);
        List<RewardSequence> all =
                many.stream().flatMap(c -> c.sequences().stream()).toList();
        ReferenceSample sample = ReferenceSample.of(many, 3);
        assertThat(sample.describe()).isEqualTo("512 of 1200 training completions, sampled with seed 3");
        assertThat(sample.sequences()).hasSize(512).doesNotHaveDuplicates().isSubsetOf(all);
        List<Integer> places = sample.sequences().stream().map(all::indexOf).toList();
        assertThat(places.stream().filter(place -> place >= 800).count())
                .as("the last third of the data gives about a third of the sample")
                .isBetween(140L, 200L);
        assertThat(ReferenceSample.of(many, 3).sequences()).isEqualTo(sample.sequences());
        assertThat(ReferenceSample.of(many, 4).sequences()).isNotEqualTo(sample.sequences());
        assertThat(ReferenceSample.of(TRAIN, 3).describe()).isEqualTo("all 360 training completions");
    }

    @Test
    void normalizationUsesTheSampledScores() {
        // 600 completions that end alike and so score alike, then 600 others: the first 512 would have no variance
        List<Comparison> sorted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sorted.add(two(new int[] {5, 6, TinyModels.END}, new int[] {5, 6, TinyModels.END}));
        }
        for (int i = 0; i < 300; i++) {
            sorted.add(two(new int[] {9, 12, 7, TinyModels.END}, new int[] {7, 7, 7, TinyModels.END}));
        }
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(
                        model, sorted, List.of(), options(32, ComparisonSettings.Loss.BRADLEY_TERRY, 1))) {
            float[] raw =
                    ScoredComparisons.score(model, ReferenceSample.of(sorted, 3).sequences(), 32);
            double mean = 0;
            for (float score : raw) {
                mean += score / (double) raw.length;
            }
            double variance = 0;
            for (float score : raw) {
                variance += (score - mean) * (score - mean) / raw.length;
            }
            Normalization normalization = trainer.normalize();
            assertThat(normalization.gain()).isCloseTo(1 / Math.sqrt(variance), within(1e-3 / Math.sqrt(variance)));
            assertThat(normalization.shift()).isCloseTo(-mean / Math.sqrt(variance), within(1e-3));
            assertThat(normalization.describe())
                    .startsWith("scores normalized to mean 0 and variance 1 over 512 of 1200 training completions");
        }
    }

    private static Comparison two(int[] chosen, int[] rejected) {
        return new Comparison(
                List.of(new RewardSequence(chosen, 1), new RewardSequence(rejected, 1)),
                List.of(2, 2),
                List.of(pair(0, 1)),
                List.of());
    }

    @Test
    void equalScoresAreWrongAnswers() {
        Comparison comparison =
                new Comparison(List.of(sequence(1), sequence(2)), List.of(1, 1), List.of(pair(0, 1)), List.of());
        ScoredComparisons equal = new ScoredComparisons(List.of(comparison), List.of(new float[] {0.5f, 0.5f}));
        assertThat(RewardReport.of(equal).accuracy()).isZero();
        ScoredComparisons right = new ScoredComparisons(List.of(comparison), List.of(new float[] {0.6f, 0.5f}));
        assertThat(RewardReport.of(right).accuracy()).isEqualTo(1);
    }

    @Test
    void theScoreStandsAtTheLastRealTokenOnEitherSideOfThePads() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                RewardModel model = model()) {
            int[] row = {5, 6, 7, TinyModels.END};
            int[] longer = {5, 6, 7, 8, 9, TinyModels.END};
            float alone = model.scores(TokenBatch.rightPadded(List.of(row), 0)).toFloats()[0];
            float[] last = model.values(TokenBatch.rightPadded(List.of(row), 0)).toFloats();
            assertThat(alone).isCloseTo(last[3], within(1e-6f));
            assertThat(model.scores(TokenBatch.leftPadded(List.of(row, longer), 0))
                            .toFloats()[0])
                    .isCloseTo(alone, within(1e-5f));
            assertThat(model.scores(TokenBatch.rightPadded(List.of(row, longer), 0))
                            .toFloats()[0])
                    .isCloseTo(alone, within(1e-5f));
        }
    }

    private static double[] losses(int micro, ComparisonSettings.Loss loss) {
        double[] losses = new double[10];
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, TRAIN, TEST, options(micro, loss, 10))) {
            for (int step = 1; step <= losses.length; step++) {
                losses[step - 1] = trainer.step(step).metric("loss");
            }
        }
        return losses;
    }

    private static RewardModel model() {
        try (CausalLm causal = TinyModels.causal(4)) {
            return RewardModel.fromBackbone(causal, 5);
        }
    }

    private static RewardOptions options(int micro, ComparisonSettings.Loss loss, int steps) {
        OptimizerSettings optimizer = OptimizerSettings.of(5e-3, Schedule.Shape.CONSTANT);
        return new RewardOptions(
                steps,
                1,
                8,
                micro,
                false,
                new ComparisonSettings(loss, 0.01, true, 0.2),
                DataOrder.SHUFFLED,
                optimizer,
                3);
    }

    /** Three completions per prompt; the more often one contains 7, the better it is. */
    private static List<Comparison> comparisons(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<RewardSequence> sequences = new ArrayList<>();
            for (int liked = 2; liked >= 0; liked--) {
                int[] tokens = random.ints(5 + random.nextInt(4), 8, TinyModels.VOCABULARY)
                        .toArray();
                tokens[tokens.length - 1] = TinyModels.END;
                for (int k = 0; k < liked; k++) {
                    tokens[1 + k] = 7;
                }
                sequences.add(sequence(tokens));
            }
            comparisons.add(new Comparison(
                    sequences,
                    sequences.stream().map(s -> s.length() - 1).toList(),
                    List.of(pair(0, 1), pair(1, 2), pair(0, 2)),
                    List.of(new Comparison.Order(List.of(List.of(0), List.of(1), List.of(2)), List.of()))));
        }
        return comparisons;
    }

    private static RewardSequence sequence(int... tokens) {
        return new RewardSequence(tokens, Math.min(1, tokens.length - 1));
    }

    private static Comparison.Pair pair(int chosen, int rejected) {
        return new Comparison.Pair(chosen, rejected, 1, 0, 1.0 / 3);
    }
}
