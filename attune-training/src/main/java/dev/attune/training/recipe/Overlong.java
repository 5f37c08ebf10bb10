package dev.attune.training.recipe;

import dev.attune.core.text.ConfigNamed;

/**
 * What happens to sequences that are longer than {@code data.max_length}. The end of the last turn is never cut off.
 */
public enum Overlong implements ConfigNamed {
    /** The row is dropped. */
    DROP("drop", "dropped"),

    /**
     * The end of the sequence is cut off, as TRL does in supervised fine-tuning ({@code truncation_mode keep_start}).
     */
    KEEP_START("keep_start", "their end is cut off"),

    /** The start of the sequence is cut off, except for a BOS token ({@code truncation_mode keep_end}). */
    KEEP_END("keep_end", "their start is cut off");

    private final String configName;
    private final String done;

    Overlong(String configName, String done) {
        this.configName = configName;
        this.done = done;
    }

    @Override
    public String configName() {
        return configName;
    }

    /** The handling in words, for messages. */
    public String done() {
        return done;
    }
}
