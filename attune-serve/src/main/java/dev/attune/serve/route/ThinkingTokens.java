package dev.attune.serve.route;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.serve.model.ModelTexts;
import dev.attune.serve.text.ThinkingText;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens between which a model thinks.
 *
 * @param open null if the model does not think
 * @param close null if the model does not think
 * @param opened whether the prompt ends inside the thinking
 */
record ThinkingTokens(@Nullable Integer open, @Nullable Integer close, boolean opened) {
    /** A template writes the marker and white space at the end of a prompt. */
    private static final int LAST_TOKENS = 4;

    static ThinkingTokens of(ModelTexts texts, int... prompt) {
        Integer open = texts.idOf(ThinkingText.OPEN);
        Integer close = texts.idOf(ThinkingText.CLOSE);
        if (open == null || close == null) {
            return new ThinkingTokens(null, null, false);
        }
        boolean opened = false;
        for (int i = Math.max(0, prompt.length - LAST_TOKENS); i < prompt.length; i++) {
            opened = prompt[i] == open || (opened && prompt[i] != close);
        }
        return new ThinkingTokens(open, close, opened);
    }

    boolean thinks() {
        return close != null;
    }

    /** The constraint for the answer alone: thinking is free. */
    Supplier<TokenConstraint> before(Supplier<TokenConstraint> answer, int vocabularySize, Set<Integer> endTokens) {
        Integer first = open;
        Integer last = close;
        return first == null || last == null
                ? answer
                : () -> new AfterThinking(answer.get(), first, last, opened, vocabularySize, endTokens);
    }
}
