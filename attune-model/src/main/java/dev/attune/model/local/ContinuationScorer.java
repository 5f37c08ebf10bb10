package dev.attune.model.local;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ContinuationScore;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.util.List;
import java.util.stream.IntStream;

/** The log-probabilities that a model gives to tokens after others. Sequences of similar length are batched together. */
final class ContinuationScorer {
    private static final int ROWS = 32;

    /** Logits of one product; they take 4 bytes each. */
    private static final long MAX_LOGITS = 1L << 26;

    private final CausalLm model;

    ContinuationScorer(CausalLm model) {
        this.model = model;
    }

    /**
     * A prompt with a continuation, as token ids.
     *
     * @param start index of the continuation's first token
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sequence(int[] ids, int start) {
        Sequence {
            if (start < 1) {
                throw BadInputException.at("prompt", "no tokens", "at least one token", "give a text");
            }
        }

        int continued() {
            return ids.length - start;
        }
    }

    List<ContinuationScore> scores(List<Sequence> sequences) {
        double[] sums = new double[sequences.size()];
        LongestFirst.forEachBatch(
                sequences, ROWS, sequence -> sequence.ids().length, places -> addBatch(sequences, places, sums));
        return IntStream.range(0, sums.length)
                .mapToObj(i -> new ContinuationScore(sums[i], sequences.get(i).continued()))
                .toList();
    }

    private void addBatch(List<Sequence> sequences, List<Integer> places, double[] sums) {
        try (Scope scope = Scope.open()) {
            List<int[]> rows = places.stream().map(i -> sequences.get(i).ids()).toList();
            Tensor hidden = model.hidden(TokenBatch.rightPadded(rows, 0));
            for (int row = 0; row < rows.size(); row++) {
                sums[places.get(row)] = sum(hidden.select(0, row), sequences.get(places.get(row)));
            }
        }
    }

    /** The output at position p - 1 predicts the token at p. */
    private double sum(Tensor hidden, Sequence sequence) {
        int step = (int) Math.max(1, MAX_LOGITS / model.config().vocabularySize());
        double sum = 0;
        for (int from = sequence.start(); from < sequence.ids().length; from += step) {
            int count = Math.min(step, sequence.ids().length - from);
            try (Scope scope = Scope.open()) {
                long[] targets = IntStream.range(from, from + count)
                        .mapToLong(t -> sequence.ids()[t])
                        .toArray();
                Tensor logits = model.head(hidden.narrow(0, from - 1, count));
                for (float one : Functional.logProbabilities(logits, Tensor.of(targets, count))
                        .toFloats()) {
                    sum += one;
                }
            }
        }
        return sum;
    }
}
