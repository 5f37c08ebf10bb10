package dev.attune.feedback.evaluation;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a figure is made of: one prompt, what the model answered, and how that was read.
 *
 * @param place of the prompt: file and line
 * @param sample number of this answer to the prompt, from 0
 * @param category of the prompt; empty if it has none
 * @param answer the model's words; empty if only probabilities were read
 * @param verdict in words
 * @param values by reading: for rates 1, 0, or 0.5 for a tie; readings that do not apply to this item are left out
 * @param unscored by reading: why it has no value although it applies to this item
 */
public record Item(
        String place,
        int sample,
        String category,
        String asked,
        String answer,
        String verdict,
        Map<String, Double> values,
        Map<String, UnscoredReason> unscored) {
    public Item {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        unscored = Collections.unmodifiableMap(new LinkedHashMap<>(unscored));
    }

    /** The score under a reading that applies to this item. */
    Score score(String reading) {
        Double value = values.get(reading);
        return value != null
                ? Score.of(value)
                : Score.missing(unscored.getOrDefault(reading, UnscoredReason.NO_VERDICT));
    }

    /** Whether the reading applies to this item, scored or not. */
    boolean counts(String reading) {
        return unscored.containsKey(reading) || values.containsKey(reading);
    }
}
