package dev.attune.model.template;

import dev.attune.core.text.TextSpan;
import java.util.List;

/**
 * A rendered conversation.
 *
 * @param generated the spans inside {@code {% generation %}} blocks, in order; empty if there are none
 */
public record Rendering(String text, List<TextSpan> generated) {
    public Rendering {
        generated = List.copyOf(generated);
    }
}
