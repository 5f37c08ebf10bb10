package dev.attune.model.generation;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tensor.BlockedMatrix;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.KeyValueCache;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Generates completions: batched, left-padded, with a key-value cache. The random numbers of a sequence depend only on
 * the seed, its index among the prompts and the step, never on the other sequences of its batch. The {@link Workers}
 * share the sequences.
 */
public final class Generator {
    /** Finished sequences are removed from the batch when at most this share is still running. */
    private static final double COMPACT_AT = 0.8;

    /** Copying the weights in blocks takes about the time that so many steps gain from them. */
    private static final int STEPS_WORTH_BLOCKS = 16;

    private static final long MAX_BLOCKED_BYTES = 1L << 31;

    private final CausalLm model;
    private final Set<Integer> endTokens;
    private final Function<int[], String> decoder;

    /**
     * @param endTokens tokens that end a completion; empty: only length and stop strings end it
     * @param decoder decodes completion tokens to the text in which stop strings are searched
     */
    public Generator(CausalLm model, Set<Integer> endTokens, Function<int[], String> decoder) {
        this.model = model;
        this.endTokens = Set.copyOf(endTokens);
        this.decoder = decoder;
    }

    /**
     * Ends completions at the end tokens of a conversation encoder, or those of the model's configuration if it knows
     * none.
     */
    public Generator(CausalLm model, ConversationEncoder encoder) {
        this(model, endTokens(model, encoder), encoder.tokenizer()::decodeRaw);
    }

    private static Set<Integer> endTokens(CausalLm model, ConversationEncoder encoder) {
        Set<Integer> ends = encoder.endTokens();
        return ends.isEmpty() ? new HashSet<>(model.config().tokens().eos()) : ends;
    }

    /** A generator that ignores end tokens, for speed measurements. */
    public Generator withoutEndTokens() {
        return new Generator(model, Set.of(), decoder);
    }

    /** One completion per prompt, in order. */
    public List<Generated> generate(List<int[]> prompts, SamplingOptions options, long seed) {
        return generate(prompts, options, seed, TokenListener.NONE);
    }

    /**
     * One completion per prompt, in order.
     *
     * @param prompts token ids, at least one each
     * @param listener receives every token when it is sampled
     */
    public List<Generated> generate(List<int[]> prompts, SamplingOptions options, long seed, TokenListener listener) {
        return generate(prompts, IntStream.range(0, prompts.size()).toArray(), options, seed, listener);
    }

    /**
     * One completion per prompt, in order. The random numbers of a prompt depend on its number in {@code numbers}
     * instead of its index.
     */
    public List<Generated> generate(List<int[]> prompts, int[] numbers, SamplingOptions options, long seed) {
        return generate(prompts, numbers, options, seed, TokenListener.NONE);
    }

    private List<Generated> generate(
            List<int[]> prompts, int[] numbers, SamplingOptions options, long seed, TokenListener listener) {
        if (options.maxNewTokens() < STEPS_WORTH_BLOCKS || prompts.isEmpty() || !gainsFromBlocks(model)) {
            return decode(prompts, numbers, options, seed, listener);
        }
        try (CausalLm blocked = model.inBlocks()) {
            return new Generator(blocked, endTokens, decoder).decode(prompts, numbers, options, seed, listener);
        }
    }

    /**
     * Whether decoding is faster with copies of the weights {@linkplain CausalLm#inBlocks() in blocks}, and the copies are
     * not too large. {@link #generate} makes them for each call, unless the model has them already.
     */
    public static boolean gainsFromBlocks(CausalLm model) {
        DType type = model.parameters().dtype();
        return !model.isInBlocks()
                && model.elements() * type.bytes() <= MAX_BLOCKED_BYTES
                && !(BatchPlan.fitCache(model.elements()) && BlockedMatrix.isSlowerInCache(type))
                && BlockedMatrix.isAvailable(type);
    }

    /** The number of {@link Workers} that share so many rows of a step. */
    public static int workers(int rows, CausalLm model) {
        return BatchPlan.workers(rows, model.elements());
    }

    private List<Generated> decode(
            List<int[]> prompts, int[] numbers, SamplingOptions options, long seed, TokenListener listener) {
        List<SequenceState> sequences = IntStream.range(0, prompts.size())
                .mapToObj(i -> new SequenceState(numbers[i], checked(prompts.get(i), options), options.maxNewTokens()))
                .toList();
        if (options.maxNewTokens() > 0 && !sequences.isEmpty()) {
            Sampler sampler = new Sampler(options, seed);
            int workers = workers(sequences.size(), model);
            List<List<List<SequenceState>>> shares =
                    BatchPlan.of(sequences, workers, model.config(), options.maxNewTokens());
            TokenListener exclusive = TokenListener.exclusive(listener);
            Workers.run(workers, worker -> shares.get(worker)
                    .forEach(batch -> complete(batch, options, sampler, exclusive)));
        }
        return sequences.stream().map(SequenceState::result).toList();
    }

    private int[] checked(int[] prompt, SamplingOptions options) {
        if (prompt.length == 0) {
            throw BadInputException.at(
                    "prompt", "no tokens", "at least one token", "give a text, or a model with a beginning token");
        }
        int maxPositions = model.config().maxPositions();
        if (model.config().rope() == null && prompt.length + options.maxNewTokens() > maxPositions) {
            throw BadInputException.at(
                    "prompt",
                    prompt.length + " tokens and " + options.maxNewTokens() + " to generate",
                    "at most " + maxPositions + " together, the number of positions this model has learned",
                    "shorten the prompt or generate fewer tokens");
        }
        return prompt;
    }

    private void complete(List<SequenceState> batch, SamplingOptions options, Sampler sampler, TokenListener listener) {
        List<SequenceState> running = new ArrayList<>(batch);
        int longest = batch.get(batch.size() - 1).prompt().length;
        long capacity = (long) longest + options.maxNewTokens();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                KeyValueCache cache = new KeyValueCache(model.config(), batch.size(), capacity, model.cacheType())) {
            Tensor seen = options.repetitionPenalty() == 1 ? null : seen(batch);
            long[] next = new long[0];
            for (int step = 0; step < options.maxNewTokens(); step++) {
                next = step(running, next, step, cache, seen, sampler, options, listener);
                List<SequenceState> left = running.stream()
                        .filter(sequence -> !sequence.finished())
                        .toList();
                if (left.isEmpty()) {
                    return;
                }
                if (left.size() <= COMPACT_AT * running.size()) {
                    int[] places = placesOf(running);
                    Tensor index = Tensor.of(places, places.length);
                    cache.keepRows(index);
                    seen = seen == null ? null : seen.indexSelect(0, index);
                    next = at(next, places);
                    running = new ArrayList<>(left);
                }
            }
        }
    }

    /**
     * Runs one decoding step: feeds the last tokens (the prompts in the first step), samples the next ones and appends
     * them to their sequences.
     */
    private long[] step(
            List<SequenceState> running,
            long[] last,
            int step,
            KeyValueCache cache,
            @Nullable Tensor seen,
            Sampler sampler,
            SamplingOptions options,
            TokenListener listener) {
        try (Scope scope = Scope.open()) {
            Tensor hidden = step == 0
                    ? model.prefill(
                            TokenBatch.leftPadded(
                                    running.stream().map(SequenceState::prompt).toList(), 0),
                            cache)
                    : model.step(Tensor.of(last, last.length, 1), cache);
            Tensor logits = model.head(hidden.select(1, hidden.size(1) - 1));
            int[] numbers = running.stream().mapToInt(SequenceState::index).toArray();
            Sampler.Sampled sampled = sampler.sample(logits, seen, numbers, step);
            if (seen != null) {
                mark(seen, sampled.tokens());
            }
            long[] tokens = sampled.tokens().toLongs();
            float[] logProbs = sampled.logProbs().toFloats();
            for (int i = 0; i < tokens.length; i++) {
                SequenceState sequence = running.get(i);
                if (!sequence.finished()) {
                    sequence.add((int) tokens[i], logProbs[i], endTokens, options, decoder);
                    listener.sampled(sequence.index(), (int) tokens[i], logProbs[i]);
                }
            }
            return tokens;
        }
    }

    private static int[] placesOf(List<SequenceState> running) {
        return IntStream.range(0, running.size())
                .filter(i -> !running.get(i).finished())
                .toArray();
    }

    private static long[] at(long[] values, int[] places) {
        return IntStream.of(places).mapToLong(place -> values[place]).toArray();
    }

    /** True where a token occurs in the prompt, {@code [rows, vocab]}. */
    private Tensor seen(List<SequenceState> batch) {
        int vocabulary = model.config().vocabularySize();
        var marks = new long[batch.size() * vocabulary];
        for (int i = 0; i < batch.size(); i++) {
            for (int token : batch.get(i).prompt()) {
                marks[i * vocabulary + token] = 1;
            }
        }
        return Tensor.of(marks, batch.size(), vocabulary).toBool();
    }

    private static void mark(Tensor seen, Tensor tokens) {
        Tensor yes = Tensor.full(DType.BOOL, 1, tokens.count(), 1);
        seen.copyInPlace(seen.scatter(1, tokens.unsqueeze(1), yes));
    }
}
