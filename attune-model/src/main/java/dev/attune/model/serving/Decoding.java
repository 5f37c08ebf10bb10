package dev.attune.model.serving;

import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.KeyValueCache;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The model's part: reads prompts chunk by chunk and computes one more token of each sequence. */
final class Decoding {
    /** Room that a cache has for new tokens at first; it grows. */
    private static final long FIRST_ROOM = 64;

    private final CausalLm model;
    private final @Nullable AdapterRows adapters;
    private final boolean anyLength;
    private final boolean together;

    /** @param model in blocks if it can be */
    Decoding(CausalLm model, @Nullable AdapterRows adapters) {
        this.model = model;
        this.adapters = adapters;
        this.anyLength = model.allowsRowsOfAnyLength();
        this.together = anyLength && (model.isWhollyInBlocks() || isOnGpu());
    }

    private static boolean isOnGpu() {
        return Engine.device().isCuda();
    }

    /** Whether prompts are read in chunks, which can be kept. */
    boolean readsChunks() {
        return anyLength;
    }

    KeyValueCache cache(Sequence sequence) {
        long whole = sequence.tokens();
        long room = anyLength ? Math.min(whole, sequence.prompt().length + FIRST_ROOM) : whole;
        return new KeyValueCache(model.config(), 1, room, model.cacheType());
    }

    /** The number of tokens of the next part of a sequence's prompt. */
    int nextPart(Sequence sequence) {
        int left = sequence.prompt().length - sequence.computed();
        return anyLength ? Math.min(PrefixCache.CHUNK, left) : left;
    }

    /** Reads the next part of each prompt; the outcome has the first token if the prompt is read and one is asked for. */
    List<Outcome> read(List<Sequence> sequences) {
        if (!together && sequences.size() > 1) {
            return sequences.stream()
                    .flatMap(one -> read(Collections.singletonList(one)).stream())
                    .toList();
        }
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            return readParts(sequences);
        } catch (RuntimeException e) {
            return failed(sequences, e);
        }
    }

    private List<Outcome> readParts(List<Sequence> sequences) {
        List<int[]> parts = sequences.stream().map(this::part).toList();
        use(sequences, i -> parts.get(i).length);
        Tensor hidden = anyLength
                ? model.extendEach(
                        parts, sequences.stream().map(Sequence::cache).toList())
                : model.prefill(
                        TokenBatch.leftPadded(parts, 0), sequences.get(0).cache());
        List<Sequence> read = new ArrayList<>();
        List<Tensor> last = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < parts.size(); i++) {
            Sequence sequence = sequences.get(i);
            int length = parts.get(i).length;
            if (sequence.request().promptLogProbs()) {
                report(sequence, hidden.narrow(1, from, length));
            }
            from += length;
            sequence.compute(length);
            if (sequence.isRead() && sequence.budget() > 0) {
                read.add(sequence);
                last.add(hidden.narrow(1, from - 1, 1));
            }
        }
        return firstTokens(sequences, read, last);
    }

    private List<Outcome> firstTokens(List<Sequence> sequences, List<Sequence> read, List<Tensor> last) {
        if (read.isEmpty()) {
            return sequences.stream().map(one -> new Outcome(one, null, null)).toList();
        }
        use(read, i -> 1);
        List<Outcome> first = TokenPicker.pick(head(Tensor.cat(last, 0)), read);
        return sequences.stream()
                .map(one -> read.contains(one) ? first.get(read.indexOf(one)) : new Outcome(one, null, null))
                .toList();
    }

    private int[] part(Sequence sequence) {
        int from = sequence.computed();
        return Arrays.copyOfRange(sequence.prompt(), from, from + nextPart(sequence));
    }

    /** @param hidden of the next part of the prompt, {@code [1, time, width]} */
    private void report(Sequence sequence, Tensor hidden) {
        int from = sequence.computed();
        if (from == 0) {
            sequence.promptLogProbs().add(new SampledToken(sequence.prompt()[0], Float.NaN, List.of()));
        }
        use(List.of(sequence), i -> (int) hidden.size(1));
        Tensor logits = model.head(hidden).squeeze(0);
        sequence.promptLogProbs()
                .addAll(TokenPicker.follow(
                        logits, sequence.prompt(), from, sequence.request().topLogProbs()));
    }

    /** @param hidden {@code [rows, 1, width]}; returns {@code [rows, vocab]} */
    private Tensor head(Tensor hidden) {
        return model.head(hidden).squeeze(1);
    }

    /** @param tokens of a sequence in the pass, by its place */
    private void use(List<Sequence> sequences, IntUnaryOperator tokens) {
        if (adapters != null) {
            adapters.use(IntStream.range(0, sequences.size())
                    .mapToObj(
                            i -> new AdapterRows.Part(sequences.get(i).request().adapter(), tokens.applyAsInt(i)))
                    .toList());
        }
    }

    /** One more token of each sequence, in their order. */
    List<Outcome> step(List<Sequence> rows) {
        int workers = together ? Workers.useful(Generator.workers(rows.size(), model)) : 1;
        List<List<Outcome>> shares = Workers.map(workers, worker -> advance(share(rows, worker, workers)));
        return shares.stream().flatMap(List::stream).toList();
    }

    /** What became of a sequence in a pass: a token, perhaps none while its prompt is read, or the failure of the pass. */
    record Outcome(
            Sequence sequence,
            @Nullable SampledToken token,
            @Nullable RuntimeException failure) {}

    private static List<Sequence> share(List<Sequence> rows, int worker, int workers) {
        int size = rows.size();
        return rows.subList(worker * size / workers, (worker + 1) * size / workers);
    }

    private List<Outcome> advance(List<Sequence> rows) {
        if (!together && rows.size() > 1) {
            return rows.stream()
                    .flatMap(row -> advance(Collections.singletonList(row)).stream())
                    .toList();
        }
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            return TokenPicker.pick(head(next(rows)), rows);
        } catch (RuntimeException e) {
            return failed(rows, e);
        }
    }

    private static List<Outcome> failed(List<Sequence> sequences, RuntimeException reason) {
        return sequences.stream().map(one -> new Outcome(one, null, reason)).toList();
    }

    private Tensor next(List<Sequence> rows) {
        use(rows, i -> 1);
        Tensor ids = Tensor.of(rows.stream().mapToInt(Sequence::last).toArray(), rows.size(), 1);
        if (!anyLength) {
            return model.step(ids, rows.get(0).cache());
        }
        for (Sequence row : rows) {
            row.cache().reserve(row.cache().length() + 1, row.tokens());
        }
        return model.stepEach(ids, rows.stream().map(Sequence::cache).toList());
    }
}
