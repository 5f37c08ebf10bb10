package dev.attune.training.recipe;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation on held-out data.
 *
 * @param every steps between evaluations; the last step always has one; 0 leaves only that
 * @param data a file of held-out rows; null if there is none
 * @param split the share of the prompts of {@code data.path} that is held out if {@code data} is null
 * @param limit maximum number of rows
 */
@RecordBuilder
public record EvaluateSettings(int every, @Nullable String data, double split, int limit)
        implements EvaluateSettingsBuilder.With {
    public static final EvaluateSettings NONE = new EvaluateSettings(0, null, 0, 256);

    public static EvaluateSettings read(SectionReader fields, int every, double split) {
        return new EvaluateSettings(
                fields.integer("every", every, 0),
                fields.optionalText("data"),
                fields.number("split", split, Range.PROPER_FRACTION),
                fields.integer("limit", 256, 1));
    }

    /** Whether there is an evaluation after this step. */
    public boolean due(int step, int steps) {
        return step == steps || (every > 0 && step % every == 0);
    }
}
