package dev.attune.serve.request;

import org.jspecify.annotations.Nullable;

/**
 * A prompt or an input: a text, or its tokens.
 *
 * @param text null if the tokens are given
 * @param ids as they were given; empty if the text is
 */
public record PromptText(@Nullable String text, int[] ids) {
    static PromptText of(String text) {
        return new PromptText(text, new int[0]);
    }
}
