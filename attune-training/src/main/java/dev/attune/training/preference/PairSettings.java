package dev.attune.training.preference;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.RunSettings;

/**
 * What every method has that learns from pairs of completions.
 *
 * @param batch pairs per step, and sequences that pass through the model at once
 * @param epochs passes over the data if {@code steps} is null
 */
public record PairSettings(@JsonUnwrapped RunSettings run, BatchSettings batch, int epochs) {
    /** Reads the keys of a recipe. */
    public static PairSettings read(SectionReader fields) {
        RunSettings run = RunSettings.read(fields, RowPlan.RUN_DEFAULTS);
        run.storedModel(fields);
        return new PairSettings(
                run,
                fields.section("batch", batch -> BatchSettings.read(batch, 8, 16)),
                fields.integer("epochs", 1, 1));
    }

    /** Reads the keys of a recipe whose method has no reference; naming one is an error. */
    public static PairSettings readWithoutReference(SectionReader fields, String method) {
        PairSettings pairs = read(fields);
        fields.requireAbsent("reference", "because " + method + " has no reference");
        return pairs;
    }
}
