package dev.attune.model.generation;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion.StopReason;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of one sequence while it is generated: prompt, tokens so far, their log-probabilities and the stop reason.
 */
final class SequenceState {
    private final int index;
    private final int[] prompt;
    private final int[] tokens;
    private final float[] logProbs;
    private int length;
    private @Nullable StopReason stop;

    SequenceState(int index, int[] prompt, int maxNewTokens) {
        this.index = index;
        this.prompt = prompt;
        this.tokens = new int[maxNewTokens];
        this.logProbs = new float[maxNewTokens];
    }

    /** The prompt's number: its index, unless the caller gave another. */
    int index() {
        return index;
    }

    int[] prompt() {
        return prompt;
    }

    /** Adds a token and notes whether it ends the completion. */
    void add(
            int token,
            float logProb,
            Set<Integer> endTokens,
            SamplingOptions options,
            Function<int[], String> decoder) {
        tokens[length] = token;
        logProbs[length] = logProb;
        length++;
        if (endTokens.contains(token)) {
            stop = StopReason.END_TOKEN;
        } else if (!options.stop().isEmpty() && holdsStopString(options, decoder)) {
            stop = StopReason.STOP_STRING;
        } else if (length == tokens.length) {
            stop = StopReason.LENGTH;
        }
    }

    private boolean holdsStopString(SamplingOptions options, Function<int[], String> decoder) {
        String text = decoder.apply(Arrays.copyOf(tokens, length));
        return options.stop().stream().anyMatch(text::contains);
    }

    boolean finished() {
        return stop != null;
    }

    Generated result() {
        return new Generated(
                prompt,
                Arrays.copyOf(tokens, length),
                Arrays.copyOf(logProbs, length),
                stop == null ? StopReason.LENGTH : stop);
    }
}
