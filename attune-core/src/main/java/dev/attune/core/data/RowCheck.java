package dev.attune.core.data;

import org.jspecify.annotations.Nullable;

/** A check of rows by what the reader cannot know itself: a tokenizer, a chat template, a length limit. */
@FunctionalInterface
public interface RowCheck {
    /**
     * What is wrong with a row, or null.
     *
     * @throws dev.attune.core.error.RefusedConversationException if the chat template refuses a conversation of the row; it
     *     becomes a fault {@code refused_by_template}
     */
    @Nullable
    Problem problem(Row row);

    /** Something wrong with a row: what was found and what was expected. */
    record Problem(Fault.Kind kind, String found, String expected) {}
}
