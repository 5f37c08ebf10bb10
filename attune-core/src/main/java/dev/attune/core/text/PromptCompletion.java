package dev.attune.core.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt with one completion: the input of reward functions and reward models.
 *
 * @param columns the other columns of the prompt's row in its dataset, such as a gold answer, as JSON values (text, number,
 *     boolean, list, map, null); empty if there are none
 */
public record PromptCompletion(Prompt prompt, String completion, Map<String, @Nullable Object> columns) {
    public PromptCompletion {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Without further columns. */
    public PromptCompletion(Prompt prompt, String completion) {
        this(prompt, completion, Map.of());
    }
}
