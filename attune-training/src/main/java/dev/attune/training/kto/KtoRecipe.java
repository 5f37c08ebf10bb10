package dev.attune.training.kto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunSettings;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Kahneman-Tversky optimisation of a policy on judged completions, or on preferences or rankings taken apart.
 *
 * @param reference the frozen policy against which log-ratios are measured, by default the model that training starts from
 * @param batch completions per step and per micro-batch; the completions of a micro-batch estimate its z, so here
 *     {@code micro} changes the result
 * @param epochs passes over the data if {@code steps} is null
 */
@RecordBuilder
public record KtoRecipe(
        @JsonUnwrapped RunSettings run, String reference, BatchSettings batch, KtoSettings kto, int epochs)
        implements KtoRecipeBuilder.With, Recipe {

    static KtoRecipe read(SectionReader fields) {
        RunSettings run = RunSettings.read(fields, RowPlan.RUN_DEFAULTS);
        KtoSettings kto = fields.section("kto", KtoSettings::read);
        return new KtoRecipe(
                run,
                fields.text("reference", run.storedModel(fields)),
                fields.section("batch", batch -> batch(batch, kto)),
                kto,
                fields.integer("epochs", 1, 1));
    }

    private static BatchSettings batch(SectionReader fields, KtoSettings kto) {
        int rows = fields.integer("rows", 8, 1);
        BatchSettings batch = BatchSettings.read(fields, rows, rows);
        if (kto.mismatches() && batch.micro() < 2) {
            throw fields.invalid(
                    "micro",
                    "1",
                    "at least 2, because z needs the completion of another row of the micro-batch",
                    "raise batch.micro, or set kto.loss: apo_zero_unpaired");
        }
        if (kto.mismatches() && batch.rows() % batch.micro() != 0) {
            throw fields.invalid(
                    "micro",
                    batch.micro() + " for " + batch.rows() + " rows",
                    "a divisor of batch.rows, because every micro-batch has its own z",
                    "choose one");
        }
        return batch;
    }
}
