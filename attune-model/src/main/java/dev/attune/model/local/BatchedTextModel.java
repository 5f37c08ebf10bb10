package dev.attune.model.local;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.serving.BatchEngine;
import dev.attune.model.serving.EngineOptions;
import dev.attune.model.serving.TokenEngine;
import dev.attune.model.serving.TokenRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * A language model whose requests of all threads are computed together, as by a server, and none changes another's text. The
 * beginnings of prompts are kept, so that the next turn of a conversation does not read all of it again.
 */
public final class BatchedTextModel implements TextModel {
    private static final long CACHE_BYTES = 1L << 30;

    private final LocalTextModel model;
    private final TokenEngine engine;
    private final Set<Integer> endTokens;

    /**
     * @param model that is closed with this; nothing else generates with it meanwhile
     * @param places sequences that are computed at once
     */
    public BatchedTextModel(LocalTextModel model, int places) {
        this.model = model;
        EngineOptions options = EngineOptions.within(model.model(), places, CACHE_BYTES);
        this.engine = new BatchEngine(model.model(), Map.of(), options.withQueue(Integer.MAX_VALUE / 2));
        Set<Integer> ends = model.encoder().endTokens();
        this.endTokens = ends.isEmpty()
                ? new LinkedHashSet<>(model.model().config().tokens().eos())
                : ends;
    }

    /** The tokens of a prompt. */
    public int[] tokens(Prompt prompt) {
        ConversationEncoder encoder = model.encoder();
        synchronized (encoder) {
            return encoder.prompt(prompt);
        }
    }

    /** The text that was generated for a prompt. */
    public TextCompletion text(Prompt prompt, Generated generated) {
        synchronized (model.encoder()) {
            return model.text(prompt, generated);
        }
    }

    /**
     * Starts to complete a prompt; what it gives does not depend on what else is computed.
     *
     * @param prompt token ids, at least one
     * @param number of the prompt, on which its random numbers depend as in a batch of a generator
     * @param listener called on the engine's thread, with row 0
     * @param wanted of which at most so many new tokens are sampled as the model has positions left
     * @throws BadInputException if it has none left
     */
    public CompletableFuture<Generated> start(
            int[] prompt, SamplingOptions wanted, long seed, int number, TokenListener listener) {
        SamplingOptions options = wanted.withMaxNewTokens(Math.min(wanted.maxNewTokens(), positionsAfter(prompt)));
        Collected sink = new Collected(prompt, options, endTokens, model.tokenizer()::decodeRaw, listener);
        engine.submit(
                TokenRequest.of(IntStream.of(prompt).boxed().toList(), options, seed, number)
                        .withEndTokens(endTokens)
                        .withTempered(true)
                        .withTopLogProbs(0),
                sink);
        return sink.result();
    }

    private int positionsAfter(int... prompt) {
        int left = model.maxPositions() - prompt.length;
        if (left < 1 || prompt.length == 0) {
            throw BadInputException.at(
                    "prompt",
                    prompt.length + " tokens",
                    "1 to " + (model.maxPositions() - 1) + ", which leaves the model a position to answer",
                    "change the prompt");
        }
        return left;
    }

    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        List<CompletableFuture<Generated>> started = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            started.add(start(tokens(prompts.get(i)), options, seed, i, TokenListener.NONE));
        }
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> text(prompts.get(i), await(started.get(i))))
                .toList();
    }

    /**
     * Waits for a completion.
     *
     * @throws RunFailedException if the engine could not go on
     */
    public static Generated await(CompletableFuture<Generated> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new RunFailedException("the engine failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        engine.close();
        model.close();
    }
}
