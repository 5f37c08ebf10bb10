package dev.attune.studio;

import dev.attune.core.model.TextModel;

/** Opens models for the studio, which knows no engine. */
public interface Models {
    /**
     * A language model, which the caller closes.
     *
     * @param address a directory or {@code hf:owner/name}
     * @throws dev.attune.core.error.BadInputException where there is none
     */
    TextModel text(String address);
}
