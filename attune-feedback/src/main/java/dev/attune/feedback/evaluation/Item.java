package dev.attune.feedback.evaluation;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is made of: one prompt, what the model answered, and how that was read.
 *
 * @param place of the prompt: file and line
 * @param sample number of this answer to the prompt, from 0
 * @param category of the prompt; empty if it has none
 * @param answer the model's words; empty if only probabilities were read
 * @param verdict in words
 * @param values by reading: for rates 1, 0, or 0.5 for a tie; readings that do not apply to this item are left out
 * @param unscored why there is no verdict; null if there is one
 */
public record Item(
        String place,
        int sample,
        String category,
        String asked,
        String answer,
        String verdict,
        Map<String, Double> values,
        @Nullable UnscoredReason unscored) {
    public Item {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The score under a reading that applies to items of this measure. */
    Score score(String reading) {
        Double value = values.get(reading);
        if (value != null) {
            return Score.of(value);
        }
        return Score.missing(unscored == null ? UnscoredReason.NO_VERDICT : unscored);
    }

    /** Whether the reading applies to this item, scored or not. */
    boolean counts(String reading) {
        return unscored != null || values.containsKey(reading);
    }
}
