package dev.attune.serve.generation;

import dev.attune.model.serving.SampledToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one answer since the last time.
 *
 * @param prompt tokens of the prompt, if their log-probabilities were asked for
 * @param text that can be shown
 * @param tokens of the answer, its end token left out; their text may be held back or shown already
 * @param ids of all sampled tokens, an end token included
 * @param ending null while the answer goes on
 */
public record Delta(
        List<SampledToken> prompt,
        String text,
        List<SampledToken> tokens,
        List<Integer> ids,
        @Nullable Ending ending) {
    public Delta {
        prompt = List.copyOf(prompt);
        tokens = List.copyOf(tokens);
        ids = List.copyOf(ids);
    }

    /** Whether nothing came. */
    public boolean isEmpty() {
        return text.isEmpty() && ids.isEmpty() && prompt.isEmpty() && ending == null;
    }
}
