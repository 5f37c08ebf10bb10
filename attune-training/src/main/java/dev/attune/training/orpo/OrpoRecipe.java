package dev.attune.training.orpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PreferenceRecipe;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.SectionReader;
import org.jspecify.annotations.Nullable;

/**
 * Odds-ratio preference optimisation (arXiv 2403.07691) of a policy on preferences or rankings.
 *
 * @param batch pairs per step, and sequences that pass through the model at once
 * @param epochs passes over the data if {@code steps} is null
 */
public record OrpoRecipe(@JsonUnwrapped RunSettings run, BatchSettings batch, OrpoSettings orpo, int epochs)
        implements PreferenceRecipe {

    static OrpoRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(fields, RowPlan.RUN_DEFAULTS);
        run.storedModel(fields);
        fields.requireAbsent("reference", "because orpo has no reference");
        return new OrpoRecipe(
                run,
                fields.section("batch", batch -> BatchSettings.read(batch, 8, 16)),
                fields.section("orpo", OrpoSettings::read),
                fields.integer("epochs", 1, 1));
    }

    @Override
    public @Nullable String reference() {
        return null;
    }

    @Override
    public PairLoss loss() {
        return orpo.loss();
    }
}
