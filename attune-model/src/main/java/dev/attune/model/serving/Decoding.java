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

    /**
     * Reads the next part of a prompt.
     *
     * @return the first token, if the prompt is read and one is asked for
     */
    @Nullable
    SampledToken read(Sequence sequence) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            use(List.of(sequence));
            int[] prompt = sequence.prompt();
            int from = sequence.computed();
            int to = anyLength ? Math.min(prompt.length, from + PrefixCache.CHUNK) : prompt.length;
            int[] part = Arrays.copyOfRange(prompt, from, to);
            Tensor hidden = anyLength
                    ? model.extend(Tensor.of(part, 1, part.length), sequence.cache())
                    : model.prefill(TokenBatch.leftPadded(List.of(part), 0), sequence.cache());
            sequence.compute(part.length);
            if (sequence.request().promptLogProbs()) {
                report(sequence, hidden, from);
            }
            return sequence.isRead() && sequence.budget() > 0
                    ? TokenPicker.pick(head(hidden.narrow(1, part.length - 1L, 1)), List.of(sequence))
                            .get(0)
                    : null;
        }
    }

    private void report(Sequence sequence, Tensor hidden, int from) {
        if (from == 0) {
            sequence.promptLogProbs().add(new SampledToken(sequence.prompt()[0], Float.NaN, List.of()));
        }
        Tensor logits = model.head(hidden).squeeze(0);
        sequence.promptLogProbs()
                .addAll(TokenPicker.follow(
                        logits, sequence.prompt(), from, sequence.request().topLogProbs()));
    }

    /** @param hidden {@code [rows, 1, width]}; returns {@code [rows, vocab]} */
    private Tensor head(Tensor hidden) {
        return model.head(hidden).squeeze(1);
    }

    private void use(List<Sequence> rows) {
        if (adapters != null) {
            List<@Nullable String> names = new ArrayList<>();
            rows.forEach(row -> names.add(row.request().adapter()));
            adapters.use(names);
        }
    }

    /** One more token of each sequence, in their order; null for those that failed with the others of their share. */
    List<Outcome> step(List<Sequence> rows) {
        int workers = together ? Workers.useful(Generator.workers(rows.size(), model)) : 1;
        List<List<Outcome>> shares = Workers.map(workers, worker -> advance(share(rows, worker, workers)));
        return shares.stream().flatMap(List::stream).toList();
    }

    /** What became of a row: a token, or the failure of its share. */
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
            List<SampledToken> tokens = TokenPicker.pick(head(next(rows)), rows);
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                outcomes.add(new Outcome(rows.get(i), tokens.get(i), null));
            }
            return outcomes;
        } catch (RuntimeException e) {
            return rows.stream().map(row -> new Outcome(row, null, e)).toList();
        }
    }

    private Tensor next(List<Sequence> rows) {
        use(rows);
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
