package dev.attune.model.conversation;

import dev.attune.core.text.ConfigNamed;

/** How special words such as {@code <|im_end|>} inside messages, tools and documents are encoded. */
public enum SpecialWords implements ConfigNamed {
    /** As text; only special words that the template writes become control tokens. */
    TEXT("text"),

    /** As control tokens, as transformers does by default. */
    TOKENS("tokens");

    private final String configName;

    SpecialWords(String configName) {
        this.configName = configName;
    }

    @Override
    public String configName() {
        return configName;
    }
}
