package dev.attune.training.dpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PairSettings;
import dev.attune.training.preference.PreferenceRecipe;
import org.jspecify.annotations.Nullable;

/**
 * Direct preference optimisation of a policy on preferences or rankings.
 *
 * @param reference the frozen policy against which log-ratios are measured, by default the model that training starts from;
 *     null if no loss needs one
 */
public record DpoRecipe(
        @JsonUnwrapped PairSettings pairs, @Nullable String reference, DpoSettings dpo) implements PreferenceRecipe {

    static DpoRecipe read(SectionReader fields) {
        PairSettings pairs = PairSettings.read(fields);
        DpoSettings dpo = fields.section("dpo", DpoSettings::read);
        boolean needed = dpo.objective().needsReference();
        if (!needed) {
            fields.requireAbsent("reference", "because no loss of dpo.loss has a reference");
        }
        return new DpoRecipe(
                pairs, needed ? fields.text("reference", pairs.run().storedModel(fields)) : null, dpo);
    }

    @Override
    public PairLoss loss() {
        return PairLoss.of(dpo.objective());
    }
}
