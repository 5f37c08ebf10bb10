package dev.attune.model.config;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** Which hidden states of a sequence the head of a reward model reads ({@code reward_pooling} in config.json). */
public enum RewardPooling implements ConfigNamed {
    /** The hidden state of the last token that is not padding, as in transformers. */
    LAST,
    /** The mean over the tokens of the completion, its end tokens included; the prompt's tokens are left out. */
    MEAN;

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
