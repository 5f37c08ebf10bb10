package dev.attune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final float OUT = Float.NEGATIVE_INFINITY;

    /** Probabilities 0.5, 0.25, 0.125, 0.125, shuffled over the second row. */
    private static Tensor logits() {
        float half = (float) Math.log(0.5);
        float quarter = (float) Math.log(0.25);
        float eighth = (float) Math.log(0.125);
        return Tensor.of(new float[] {half, quarter, eighth, eighth, eighth, half, eighth, quarter}, 2, 4);
    }

    private static SamplingOptions options(int topK, double topP, double minP, double penalty) {
        return new SamplingOptions(1, 1, topK, topP, minP, penalty, List.of());
    }

    private static boolean[] kept(SamplingOptions options) {
        float[] filtered = TokenFilters.keep(logits(), options.topK(), options.topP(), options.minP())
                .toFloats();
        var kept = new boolean[filtered.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = filtered[i] != OUT;
        }
        return kept;
    }

    @Test
    void filtersKeepWhatTheirDefinitionsSay() {
        try (Scope scope = Scope.open()) {
            assertThat(kept(options(2, 1, 0, 1))).containsExactly(true, true, false, false, false, true, false, true);
            assertThat(kept(options(3, 1, 0, 1))).as("ties with the third stay").containsOnly(true);
            assertThat(kept(options(0, 0.7, 0, 1))).containsExactly(true, true, false, false, false, true, false, true);
            assertThat(kept(options(0, 0.01, 0, 1)))
                    .as("the best always stays")
                    .containsExactly(true, false, false, false, false, true, false, false);
            assertThat(kept(options(0, 1, 0.4, 1))).containsExactly(true, true, false, false, false, true, false, true);
            assertThat(kept(options(9, 1, 0, 1))).containsOnly(true);
        }
    }

    @Test
    void thePenaltyMakesSeenTokensLessProbableWhateverTheirSign() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {2, -2, 3, -3}, 1, 4);
            Tensor seen = Tensor.of(new long[] {1, 1, 0, 0}, 1, 4).toBool();
            assertThat(Sampler.penalise(logits, seen, 2).toFloats()).containsExactly(1, -4, 3, -3);
        }
    }

    @Test
    void frequenciesFollowTheTemperedDistribution() {
        try (Scope scope = Scope.open()) {
            int rows = 20_000;
            Tensor logits = logits().narrow(0, 0, 1).expand(rows, 4).contiguous();
            int[] numbers = IntStream.range(0, rows).toArray();
            long[] plain = counts(new Sampler(SamplingOptions.sampling(1, 1), 5).sample(logits, null, numbers, 0));
            assertThat(plain[0] / (double) rows).isCloseTo(0.5, within(0.015));
            assertThat(plain[3] / (double) rows).isCloseTo(0.125, within(0.01));
            // At temperature 1/2 the probabilities are squared: 16, 4, 1, 1 of 22.
            Sampler.Sampled cold = new Sampler(SamplingOptions.sampling(1, 0.5), 5).sample(logits, null, numbers, 0);
            assertThat(counts(cold)[0] / (double) rows).isCloseTo(16 / 22.0, within(0.015));
            for (int i = 0; i < 20; i++) {
                double expected = new double[] {16, 4, 1, 1}[(int) cold.tokens().toLongs()[i]] / 22;
                assertThat(cold.logProbs().toFloats()[i]).isCloseTo((float) Math.log(expected), within(1e-5f));
            }
        }
    }

    @Test
    void aTokenOfProbabilityZeroIsNeverDrawn() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {OUT, 0, OUT, 0, OUT}, 1, 5)
                    .expand(5_000, 5)
                    .contiguous();
            int[] numbers = IntStream.range(0, 5_000).toArray();
            long[] tokens = new Sampler(SamplingOptions.sampling(1, 1), 1)
                    .sample(logits, null, numbers, 3)
                    .tokens()
                    .toLongs();
            assertThat(tokens).containsOnly(1, 3);
        }
    }

    private static long[] counts(Sampler.Sampled result) {
        var counts = new long[4];
        for (long token : result.tokens().toLongs()) {
            counts[(int) token]++;
        }
        return counts;
    }
}
