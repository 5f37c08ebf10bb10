package dev.attune.model.conversation;

import dev.attune.core.text.ConfigNamed;

/** Which tokens of a conversation supervised fine-tuning learns. Messages of weight 0 are never learned. */
public enum LossOn implements ConfigNamed {
    /** The last assistant turn, with its end. */
    LAST("last"),

    /** All assistant turns, each with its end. */
    ALL("all"),

    /** Every token, those of the system and the user too. */
    EVERY_TOKEN("every_token");

    private final String configName;

    LossOn(String configName) {
        this.configName = configName;
    }

    @Override
    public String configName() {
        return configName;
    }
}
