package dev.attune.model.conversation;

import dev.attune.core.text.Worded;

/** How special words such as {@code <|im_end|>} inside messages, tools and documents are encoded. */
public enum SpecialWords implements Worded {
    /** As the text that they are; only what the template writes becomes control tokens. */
    TEXT("text"),

    /** As control tokens, as transformers does by default. */
    TOKENS("tokens");

    private final String word;

    SpecialWords(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
