package dev.attune.model.local;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ContinuationScore;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

        Sequence withoutLast() {
            return new Sequence(Arrays.copyOf(ids, ids.length - 1), start);
        }
    }

    /**
     * What several sequences have in common: all tokens but the last. It is read once for all of them, as for the labels of
     * a verdict, each of one token after the same prompt.
     *
     * @param members indices of the sequences
     */
    private record Stem(Sequence shared, List<Integer> members) {
        private record Key(IntBuffer tokens, int start) {}

        static List<Stem> of(List<Sequence> sequences) {
            Map<Key, Stem> stems = new LinkedHashMap<>();
            for (int i = 0; i < sequences.size(); i++) {
                Sequence sequence = sequences.get(i);
                if (sequence.continued() > 0) {
                    Key key = new Key(IntBuffer.wrap(sequence.ids(), 0, sequence.ids().length - 1), sequence.start());
                    stems.computeIfAbsent(key, unseen -> new Stem(sequence.withoutLast(), new ArrayList<>()))
                            .members
                            .add(i);
                }
            }
            return List.copyOf(stems.values());
        }
    }

    List<ContinuationScore> scores(List<Sequence> sequences) {
        double[] sums = new double[sequences.size()];
        List<Stem> stems = Stem.of(sequences);
        LongestFirst.forEachBatch(
                stems,
                ROWS,
                stem -> stem.shared().ids().length,
                places -> addBatch(sequences, places.stream().map(stems::get).toList(), sums));
        return IntStream.range(0, sums.length)
                .mapToObj(i -> new ContinuationScore(sums[i], sequences.get(i).continued()))
                .toList();
    }

    private void addBatch(List<Sequence> sequences, List<Stem> stems, double[] sums) {
        try (Scope scope = Scope.open()) {
            Tensor hidden = model.hidden(TokenBatch.rightPadded(
                    stems.stream().map(stem -> stem.shared().ids()).toList(), 0));
            for (int row = 0; row < stems.size(); row++) {
                add(hidden.select(0, row), stems.get(row), sequences, sums);
            }
        }
    }

    /** The output at position p - 1 predicts the token at p. */
    private void add(Tensor hidden, Stem stem, List<Sequence> sequences, double[] sums) {
        if (stem.members().size() == 1) {
            int only = stem.members().get(0);
            sums[only] = sum(hidden, sequences.get(only));
            return;
        }
        double shared = sum(hidden, stem.shared());
        int last = stem.shared().ids().length;
        try (Scope scope = Scope.open()) {
            Tensor logits = model.head(hidden.narrow(0, last - 1, 1));
            int count = stem.members().size();
            long[] targets = stem.members().stream()
                    .mapToLong(i -> sequences.get(i).ids()[last])
                    .toArray();
            float[] ends = Functional.logProbabilities(logits.expand(count, -1), Tensor.of(targets, count))
                    .toFloats();
            for (int i = 0; i < count; i++) {
                sums[stem.members().get(i)] = shared + ends[i];
            }
        }
    }

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
