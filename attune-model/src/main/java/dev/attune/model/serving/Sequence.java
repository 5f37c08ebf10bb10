package dev.attune.model.serving;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.transformer.KeyValueCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request on its way through the engine. All but {@link #cancelled} belongs to the engine's thread and its workers. */
final class Sequence {
    private final TokenRequest request;
    private final TokenSink sink;
    private final int[] prompt;
    private final Map<Integer, Integer> counts = new HashMap<>();
    private final @Nullable Set<Integer> seen;
    private final List<SampledToken> promptLogProbs = new ArrayList<>();
    private volatile boolean cancelled;
    private @Nullable KeyValueCache cache;
    private int computed;
    private int sampled;
    private int last;

    Sequence(TokenRequest request, TokenSink sink) {
        this.request = request;
        this.sink = sink;
        this.prompt = request.prompt().stream().mapToInt(Integer::intValue).toArray();
        this.seen = request.repetitionPenalty() == 1 ? null : new HashSet<>(request.prompt());
    }

    TokenRequest request() {
        return request;
    }

    TokenSink sink() {
        return sink;
    }

    int[] prompt() {
        return prompt;
    }

    /** The most tokens whose keys and values it will hold. */
    long tokens() {
        return (long) prompt.length + request.maxNewTokens();
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    void open(KeyValueCache opened) {
        cache = opened;
    }

    KeyValueCache cache() {
        if (cache == null) {
            throw new IllegalStateException("a sequence that has not started");
        }
        return cache;
    }

    long cachedTokens() {
        return cache == null ? 0 : cache.length();
    }

    void close() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }

    /** The number of prompt tokens that are in the cache. */
    int computed() {
        return computed;
    }

    void compute(int tokens) {
        computed += tokens;
    }

    boolean isRead() {
        return computed == prompt.length;
    }

    /** The number of tokens sampled so far. */
    int sampled() {
        return sampled;
    }

    /** The token that was sampled last. */
    int last() {
        return last;
    }

    /** How often tokens were sampled. */
    Map<Integer, Integer> counts() {
        return counts;
    }

    /** Tokens of the prompt and sampled ones, or null without a repetition penalty. */
    @Nullable
    Set<Integer> seen() {
        return seen;
    }

    List<SampledToken> promptLogProbs() {
        return promptLogProbs;
    }

    int budget() {
        return request.maxNewTokens() - sampled;
    }

    /**
     * Notes a sampled token.
     *
     * @return why the sequence ends with it, or null if it goes on
     */
    TokenSink.@Nullable Finish add(SampledToken token) {
        last = token.id();
        sampled++;
        counts.merge(last, 1, Integer::sum);
        if (seen != null) {
            seen.add(last);
        }
        boolean end = request.endTokens().contains(last);
        TokenConstraint constraint = request.constraint();
        if (constraint != null && !end) {
            constraint.accept(last);
        }
        boolean more = sink.sampled(token);
        if (end || (constraint != null && constraint.isComplete())) {
            return TokenSink.Finish.END;
        }
        if (!more) {
            return TokenSink.Finish.STOPPED;
        }
        return budget() == 0 ? TokenSink.Finish.LENGTH : null;
    }
}
