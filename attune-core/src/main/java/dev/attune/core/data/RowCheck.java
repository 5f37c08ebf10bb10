package dev.attune.core.data;

import org.jspecify.annotations.Nullable;

/** A further check of rows, for example by a tokenizer, a chat template or a length limit. */
@FunctionalInterface
public interface RowCheck {
    /**
     * The problem of a row, or null.
     *
     * @throws dev.attune.core.error.RefusedConversationException if the chat template refuses a conversation of the
     *     row; it becomes a fault {@code refused_by_template}
     */
    @Nullable
    Problem problem(Row row);

    /** A problem of a row: what was found and what was expected. */
    record Problem(Fault.Kind kind, String found, String expected) {}
}
