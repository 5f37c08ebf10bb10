package dev.attune.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.Checkpoint;
import dev.attune.model.transformer.KeyValueCache;
import dev.attune.model.transformer.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caches, generation, gradients and copies of every family agree with one full pass. */
@Tag("shared")
class FamilyComputationTest {
    private static final double TOLERANCE = 1e-4;
    private static final int PROMPT = 20;
    private static final int STEPS = 20;

    static List<String> models() {
        return List.of(
                "families/gemma3_text",
                "families/granite",
                "families/llama_linear_rope",
                "families/llama_yarn",
                "families/mixtral",
                "families/olmo2",
                "families/phi",
                "families/qwen3_moe",
                "families/smollm3",
                "tiny/gemma2",
                "tiny/mistral_sliding",
                "tiny/phi3",
                "tiny/qwen3");
    }

    private static CausalLm load(String name) {
        return Checkpoints.loadCausal(Checkpoint.shared(name));
    }

    private static int[] row(int seed, int length) {
        return IntStream.range(0, length)
                .map(i -> 3 + (seed * 31 + i * i * 7 + i) % 250)
                .toArray();
    }

    private static double difference(Tensor some, Tensor others) {
        return some.minus(others).abs().max().item();
    }

    /** Prompts longer than the windows of 8, the short one padded on the left, then as many steps. */
    @ParameterizedTest
    @MethodSource("models")
    void stepsOfAPaddedBatchEqualOneFullPassOfEachRow(String name) {
        int[] tall = row(1, PROMPT + STEPS);
        int[] small = row(2, 13 + STEPS);
        try (CausalLm model = load(name);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                KeyValueCache cache = new KeyValueCache(model.config(), 2, PROMPT + STEPS, DType.FLOAT32)) {
            Tensor ofTall = model.logits(TokenBatch.rightPadded(List.of(tall), 0));
            Tensor ofSmall = model.logits(TokenBatch.rightPadded(List.of(small), 0));
            Tensor hidden = model.prefill(
                    TokenBatch.leftPadded(List.of(Arrays.copyOf(tall, PROMPT), Arrays.copyOf(small, 13)), 0), cache);
            Tensor last = hidden.narrow(1, PROMPT - 1, 1);
            for (int step = 0; step < STEPS; step++) {
                Tensor logits = model.head(last).squeeze(1);
                assertThat(difference(logits.select(0, 0), ofTall.select(0, 0).select(0, PROMPT - 1 + step)))
                        .as("long row, step %d", step)
                        .isLessThanOrEqualTo(TOLERANCE);
                assertThat(difference(logits.select(0, 1), ofSmall.select(0, 0).select(0, 12 + step)))
                        .as("padded row, step %d", step)
                        .isLessThanOrEqualTo(TOLERANCE);
                last = model.step(Tensor.of(new int[] {tall[PROMPT + step], small[13 + step]}, 2, 1), cache);
            }
        }
    }

    /** The prompts are read in parts, beyond the windows of 8; then both rows step together, each with its own cache. */
    @ParameterizedTest
    @MethodSource("models")
    void rowsOfAnyLengthEqualOneFullPassOfEachRow(String name) {
        int[] tall = row(1, PROMPT + STEPS);
        int[] small = row(2, 13 + STEPS);
        try (CausalLm model = load(name);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                KeyValueCache first = new KeyValueCache(model.config(), 1, PROMPT, DType.FLOAT32);
                KeyValueCache second = new KeyValueCache(model.config(), 1, 13, DType.FLOAT32)) {
            assertThat(model.allowsRowsOfAnyLength()).isTrue();
            Tensor ofTall =
                    model.logits(TokenBatch.rightPadded(List.of(tall), 0)).select(0, 0);
            Tensor ofSmall =
                    model.logits(TokenBatch.rightPadded(List.of(small), 0)).select(0, 0);
            model.extendEach(List.of(Arrays.copyOf(tall, 11)), List.of(first));
            Tensor both = model.extendEach(
                    List.of(Arrays.copyOfRange(tall, 11, PROMPT), Arrays.copyOf(small, 13)), List.of(first, second));
            Tensor logitsOfBoth = model.head(both).select(0, 0);
            assertThat(difference(logitsOfBoth.narrow(0, 0, PROMPT - 11), ofTall.narrow(0, 11, PROMPT - 11)))
                    .isLessThanOrEqualTo(TOLERANCE);
            assertThat(difference(logitsOfBoth.narrow(0, PROMPT - 11, 13), ofSmall.narrow(0, 0, 13)))
                    .isLessThanOrEqualTo(TOLERANCE);
            for (int step = 0; step < STEPS; step++) {
                first.reserve(first.length() + 1, PROMPT + STEPS);
                second.reserve(second.length() + 1, PROMPT + STEPS);
                Tensor last = model.stepEach(
                        Tensor.of(new int[] {tall[PROMPT + step], small[13 + step]}, 2, 1), List.of(first, second));
                Tensor logits = model.head(last).squeeze(1);
                assertThat(difference(logits.select(0, 0), ofTall.select(0, PROMPT + step)))
                        .as("long row, step %d", step)
                        .isLessThanOrEqualTo(TOLERANCE);
                assertThat(difference(logits.select(0, 1), ofSmall.select(0, 13 + step)))
                        .as("short row, step %d", step)
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void greedyTokensAndTheirLogProbabilitiesAreThoseOfFullPasses(String name) {
        List<int[]> prompts = List.of(row(3, 12), row(4, 5));
        try (CausalLm model = load(name)) {
            Generator generator = new Generator(model, Set.of(), ids -> "");
            var generated = generator.generate(prompts, SamplingOptions.greedy(6), 1);
            for (int i = 0; i < prompts.size(); i++) {
                int[] prompt = prompts.get(i);
                int[] all = IntStream.concat(
                                Arrays.stream(prompt),
                                Arrays.stream(generated.get(i).tokens()))
                        .toArray();
                try (Scope scope = Scope.open();
                        NoGrad off = NoGrad.on()) {
                    Tensor logProbs = model.logits(TokenBatch.rightPadded(List.of(all), 0))
                            .logSoftmax(-1)
                            .select(0, 0);
                    for (int t = prompt.length; t < all.length; t++) {
                        Tensor at = logProbs.select(0, t - 1);
                        assertThat(at.argmax(0).item()).isEqualTo(all[t]);
                        assertThat((double) generated.get(i).logProbs()[t - prompt.length])
                                .isCloseTo(at.select(0, all[t]).item(), within(TOLERANCE));
                    }
                }
            }
        }
    }

    /** Along the gradient g the loss grows by |g|^2 per unit, by central differences. */
    @ParameterizedTest
    @MethodSource("models")
    void gradientsAgreeWithFiniteDifferences(String name) {
        try (CausalLm model = load(name);
                Scope scope = Scope.open()) {
            model.parameters().zeroGrad();
            loss(model).backward();
            try (NoGrad off = NoGrad.on()) {
                Tensor gradient = model.parameters().flatGrad().copy();
                double squared = gradient.square().sum().item();
                double step = 1e-3 / Math.sqrt(squared);
                Tensor weights = model.parameters().trained();
                weights.plusInPlace(gradient, step);
                double above = loss(model).item();
                weights.plusInPlace(gradient, -2 * step);
                double below = loss(model).item();
                assertThat((above - below) / (2 * step)).isCloseTo(squared, within(0.02 * squared));
            }
        }
    }

    /** In double precision, so that the sum itself adds no rounding. */
    private static Tensor loss(CausalLm model) {
        TokenBatch batch = TokenBatch.leftPadded(List.of(row(5, 18), row(6, 11)), 0);
        Tensor logits = model.logits(batch).narrow(1, 0, 17).toDouble();
        Tensor targets = batch.ids().narrow(1, 1, 17);
        return Functional.logProbabilities(logits, targets)
                .times(batch.mask().narrow(1, 0, 17).toDouble())
                .sum()
                .negate();
    }

    @ParameterizedTest
    @MethodSource("models")
    void copiesAndReplicasComputeTheSame(String name) {
        try (CausalLm model = load(name);
                CausalLm copy = model.copy()) {
            model.parameters().zeroGrad();
            CausalLm replica = model.onWorker(1);
            float[] expected = logits(model);
            assertThat(logits(copy)).containsExactly(expected);
            assertThat(logits(replica)).containsExactly(expected);
            try (Scope scope = Scope.open()) {
                loss(model).backward();
                loss(replica).backward();
                assertThat(difference(
                                model.parameters().flatGrad(),
                                model.parameters().replicaGradients().get(0)))
                        .isZero();
            }
        }
    }

    /** Against float32 products of the same rounded weights. */
    @ParameterizedTest
    @MethodSource("models")
    void weightsStoredInBfloat16GiveNearbyLogits(String name) {
        try (CausalLm stored = load(name).storedAs(DType.BFLOAT16);
                CausalLm rounded = stored.copy()) {
            float[] expected = logits(rounded);
            float[] actual = logits(stored);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(0.05f));
            }
        }
    }

    private static float[] logits(CausalLm model) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            return model.logits(TokenBatch.rightPadded(List.of(row(7, 15)), 0)).toFloats();
        }
    }
}
