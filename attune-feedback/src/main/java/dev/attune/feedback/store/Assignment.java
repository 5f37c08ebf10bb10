package dev.attune.feedback.store;

import dev.attune.core.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that a labeler has taken.
 *
 * @param number of the task within its project
 * @param completions the texts in the task's own order; their models are not shown to the labeler
 * @param shown the order in which this labeler sees them, as indices into {@code completions}
 * @param draft the labeler's unfinished answer, as the page sent it; null at first
 * @param guideline the newest
 */
public record Assignment(
        String task,
        long number,
        Prompt prompt,
        List<String> completions,
        List<Integer> shown,
        @Nullable String draft,
        Guideline guideline) {
    public Assignment {
        completions = List.copyOf(completions);
        shown = List.copyOf(shown);
    }
}
