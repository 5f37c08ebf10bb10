package dev.attune.training.preference;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.losses.PreferencePairs;
import dev.attune.training.losses.SequenceLengths;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs that pass through a model together: all chosen sides, then all rejected ones.
 *
 * @param pairs with the reference's log-probabilities
 * @param promptLearned whether the supervised term learns the prompt of the chosen side too
 */
record PairBatch(List<Scored> pairs, boolean promptLearned) {
    /** log pi of the chosen prompt, of the chosen and of the rejected completion. */
    static final int SUMS = 3;

    /**
     * A pair with its log-probabilities under the reference.
     *
     * @param reference of the chosen and the rejected completion; null if there is no reference
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Scored(TokenPair pair, double @Nullable [] reference) {}

    /**
     * The whole step over which the loss is a mean.
     *
     * @param weight of all its pairs
     * @param supervisedTokens tokens of the supervised term per pair
     */
    record Window(double weight, double supervisedTokens) {}

    Window window() {
        double weight =
                pairs.stream().mapToDouble(scored -> scored.pair.weight()).sum();
        double tokens = pairs.stream()
                .mapToDouble(scored ->
                        scored.pair.weight() * supervised(scored.pair.chosen()).targets())
                .sum();
        return new Window(weight, tokens / weight);
    }

    private TokenDocument supervised(TokenDocument chosen) {
        return promptLearned ? TokenDocument.whole(chosen.tokens()) : chosen;
    }

    TargetBatch targets() {
        return TargetBatch.of(Stream.concat(
                        pairs.stream().map(scored -> supervised(scored.pair.chosen())),
                        pairs.stream().map(scored -> scored.pair.rejected()))
                .map(PackedRow::of)
                .toList());
    }

    /**
     * The log-probabilities of {@link #targets}, {@code [targets]}, summed in float64 over the parts of each pair,
     * {@code [pairs, 3]}: the chosen prompt (0 if it is not learned), the chosen and the rejected completion.
     */
    Tensor sums(Tensor logs) {
        int count = pairs.size();
        int[] lengths = new int[SUMS * count];
        for (int i = 0; i < count; i++) {
            TokenPair pair = pairs.get(i).pair;
            lengths[2 * i + 1] = pair.chosen().targets();
            lengths[2 * i] = supervised(pair.chosen()).targets() - lengths[2 * i + 1];
            lengths[2 * count + i] = pair.rejected().targets();
        }
        Tensor sums = SequenceLengths.of(lengths).sums(logs.toDouble());
        Tensor chosen = sums.narrow(0, 0, 2L * count).reshape(count, 2);
        Tensor rejected = sums.narrow(0, 2L * count, count).reshape(count, 1);
        return Tensor.cat(List.of(chosen, rejected), 1);
    }

    /** @param sums {@code [pairs, 3]} */
    PreferencePairs of(Tensor sums, Window window) {
        Tensor chosen = sums.select(1, 1);
        boolean reference = pairs.get(0).reference != null;
        return PreferencePairs.of(
                        chosen,
                        sums.select(1, 2),
                        reference ? reference(0) : null,
                        reference ? reference(1) : null,
                        tokens(pair -> pair.chosen().targets()),
                        tokens(pair -> pair.rejected().targets()))
                .withSft(promptLearned ? chosen.plus(sums.select(1, 0)) : chosen, window.supervisedTokens);
    }

    private Tensor reference(int side) {
        double[] logs = pairs.stream()
                .mapToDouble(scored -> Objects.requireNonNull(scored.reference)[side])
                .toArray();
        return Tensor.of(logs, logs.length);
    }

    private int[] tokens(ToIntFunction<TokenPair> count) {
        return pairs.stream().mapToInt(scored -> count.applyAsInt(scored.pair)).toArray();
    }

    float[] probabilities() {
        return numbers(TokenPair::probability);
    }

    float[] weights() {
        return numbers(TokenPair::weight);
    }

    private float[] numbers(ToDoubleFunction<TokenPair> number) {
        float[] numbers = new float[pairs.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) number.applyAsDouble(pairs.get(i).pair);
        }
        return numbers;
    }
}
