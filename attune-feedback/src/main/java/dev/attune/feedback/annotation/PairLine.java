package dev.attune.feedback.annotation;

import dev.attune.core.text.Prompt;
import java.util.List;

/**
 * A line of items.jsonl: a pair that is judged.
 *
 * @param id by which judgements name it
 * @param principle the name of the principle that was sampled for it
 * @param answers both completions, in the order of the data
 */
public record PairLine(String id, String principle, Prompt prompt, List<String> answers) {
    public PairLine {
        answers = List.copyOf(answers);
    }

    /** The line of an item. */
    public static PairLine of(AnnotationItem item) {
        return new PairLine(
                item.judged().id(),
                item.principle().name(),
                item.judged().prompt(),
                item.judged().answers());
    }
}
