package dev.attune.training.simpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PreferenceRecipe;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.SectionReader;
import org.jspecify.annotations.Nullable;

/**
 * Simple preference optimisation (arXiv 2405.14734) of a policy on preferences or rankings.
 *
 * @param batch pairs per step, and sequences that pass through the model at once
 * @param epochs passes over the data if {@code steps} is null
 */
public record SimpoRecipe(@JsonUnwrapped RunSettings run, BatchSettings batch, SimpoSettings simpo, int epochs)
        implements PreferenceRecipe {

    static SimpoRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(fields, RowPlan.RUN_DEFAULTS);
        run.storedModel(fields);
        fields.requireAbsent("reference", "because simpo has no reference");
        return new SimpoRecipe(
                run,
                fields.section("batch", batch -> BatchSettings.read(batch, 8, 16)),
                fields.section("simpo", SimpoSettings::read),
                fields.integer("epochs", 1, 1));
    }

    @Override
    public @Nullable String reference() {
        return null;
    }

    @Override
    public PairLoss loss() {
        return simpo.loss();
    }
}
