package dev.attune.model.template;

import dev.attune.model.tokenizer.TextSpan;
import java.util.List;

/**
 * A rendered conversation.
 *
 * @param generated what the template marks with {@code {% generation %}} blocks, in order; empty if it marks nothing
 */
public record Rendering(String text, List<TextSpan> generated) {
    public Rendering {
        generated = List.copyOf(generated);
    }
}
