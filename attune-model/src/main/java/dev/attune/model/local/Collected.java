package dev.attune.model.local;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.serving.SampledToken;
import dev.attune.model.serving.TokenSink;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Collects a completion, and ends it at a stop string. */
final class Collected implements TokenSink {
    private final int[] prompt;
    private final SamplingOptions options;
    private final Set<Integer> endTokens;
    private final Function<int[], String> decoder;
    private final TokenListener listener;
    private final CompletableFuture<Generated> result = new CompletableFuture<>();
    private final int[] tokens;
    private final float[] logProbs;
    private int length;

    Collected(
            int[] prompt,
            SamplingOptions options,
            Set<Integer> endTokens,
            Function<int[], String> decoder,
            TokenListener listener) {
        this.prompt = prompt;
        this.options = options;
        this.endTokens = endTokens;
        this.decoder = decoder;
        this.listener = listener;
        this.tokens = new int[options.maxNewTokens()];
        this.logProbs = new float[options.maxNewTokens()];
    }

    CompletableFuture<Generated> result() {
        return result;
    }

    @Override
    public boolean sampled(SampledToken token) {
        tokens[length] = token.id();
        logProbs[length] = token.logProb();
        length++;
        listener.sampled(0, token.id(), token.logProb());
        return endTokens.contains(token.id()) || options.stop().isEmpty() || !holdsStopString();
    }

    private boolean holdsStopString() {
        String text = decoder.apply(Arrays.copyOf(tokens, length));
        return options.stop().stream().anyMatch(text::contains);
    }

    @Override
    public void finished(Finish reason) {
        StopReason stop =
                switch (reason) {
                    case END -> StopReason.END_TOKEN;
                    case STOPPED -> StopReason.STOP_STRING;
                    case LENGTH -> StopReason.LENGTH;
                };
        result.complete(new Generated(prompt, Arrays.copyOf(tokens, length), Arrays.copyOf(logProbs, length), stop));
    }

    @Override
    public void failed(RuntimeException reason) {
        result.completeExceptionally(reason);
    }
}
