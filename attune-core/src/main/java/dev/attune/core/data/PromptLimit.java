package dev.attune.core.data;

import dev.attune.core.text.Prompt;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the length of prompts.
 *
 * @param maxTokens inclusive
 * @param tokens counts a prompt's tokens
 */
public record PromptLimit(int maxTokens, ToIntFunction<Prompt> tokens) implements RowCheck {
    @Override
    public @Nullable Problem problem(Row row) {
        int length = tokens.applyAsInt(row.prompt());
        return length > maxTokens
                ? new Problem(Fault.Kind.OVERLONG_PROMPT, "a prompt of " + length + " tokens", "at most " + maxTokens)
                : null;
    }
}
