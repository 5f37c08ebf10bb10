package dev.attune.training.dpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PreferenceRecipe;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.SectionReader;
import org.jspecify.annotations.Nullable;

/**
 * Direct preference optimisation of a policy on preferences or rankings.
 *
 * @param reference the frozen policy against which log-ratios are measured, by default the model that training starts from;
 *     null if no loss needs one
 * @param batch pairs per step, and sequences that pass through the model at once
 * @param epochs passes over the data if {@code steps} is null
 */
public record DpoRecipe(
        @JsonUnwrapped RunSettings run, @Nullable String reference, BatchSettings batch, DpoSettings dpo, int epochs)
        implements PreferenceRecipe {

    static DpoRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(fields, RowPlan.RUN_DEFAULTS);
        DpoSettings dpo = fields.section("dpo", DpoSettings::read);
        String model = run.storedModel(fields);
        boolean needed = dpo.objective().needsReference();
        if (!needed) {
            fields.requireAbsent("reference", "because no loss of dpo.loss has a reference");
        }
        return new DpoRecipe(
                run,
                needed ? fields.text("reference", model) : null,
                fields.section("batch", batch -> BatchSettings.read(batch, 8, 16)),
                dpo,
                fields.integer("epochs", 1, 1));
    }

    @Override
    public PairLoss loss() {
        return PairLoss.of(dpo.objective());
    }
}
