package dev.attune.training.onpolicy;

import dev.attune.core.data.Row;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt to sample completions of.
 *
 * @param columns the other columns of its row, such as a gold answer, for reward functions
 */
public record PromptItem(Prompt prompt, Map<String, @Nullable Object> columns) {
    /** Prompts without further columns. */
    public static List<PromptItem> of(List<Prompt> prompts) {
        return prompts.stream().map(prompt -> new PromptItem(prompt, Map.of())).toList();
    }

    /** The prompts of rows. */
    public static List<PromptItem> ofRows(List<? extends Row> rows) {
        return rows.stream()
                .map(row -> new PromptItem(row.prompt(), row.columns()))
                .toList();
    }
}
