package dev.attune.feedback.judge.reply;

/** Where a verdict is written in a reply. */
public sealed interface Form permits Brackets, Keyword, JsonField, BareLabel {
    /**
     * Finds the last verdict.
     *
     * @param text a reply without think blocks, in {@linkplain Plain#characters plain characters}
     */
    <T> Found<T> find(String text, Values<T> values);

    /** The instruction to a judge, for example {@code [[A]]} for the label A. */
    String written(String label);
}
