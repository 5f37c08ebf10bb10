package dev.attune.training.reward;

import dev.attune.core.settings.SectionReader;
import dev.attune.model.config.RewardPooling;
import org.jspecify.annotations.Nullable;

/**
 * The input of a reward model's head. A run that continues from a reward model keeps that model's pooling and layers.
 *
 * @param pooling the hidden state of the last token, or the mean over the completion; null: last, or that of the loaded
 *     model
 * @param layer the number of layers of the backbone that are kept, followed by its final norm; null: all layers
 * @param standardize whether each feature is scaled to variance 1 over the training sequences before the first step
 */
public record HeadSettings(
        @Nullable RewardPooling pooling, @Nullable Integer layer, boolean standardize) {
    public static final HeadSettings DEFAULT = new HeadSettings(null, null, false);

    static HeadSettings read(SectionReader fields) {
        return new HeadSettings(
                fields.optionalText("pooling") == null ? null : fields.choice("pooling", RewardPooling.LAST),
                fields.optionalInteger("layer", 1),
                fields.bool("standardize", DEFAULT.standardize));
    }
}
