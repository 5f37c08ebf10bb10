package dev.attune.training.cpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PairSettings;
import dev.attune.training.preference.PreferenceRecipe;

/** Contrastive preference optimisation (arXiv 2401.08417) of a policy on preferences or rankings. */
public record CpoRecipe(@JsonUnwrapped PairSettings pairs, CpoSettings cpo) implements PreferenceRecipe {
    static CpoRecipe read(SectionReader fields) {
        return new CpoRecipe(
                PairSettings.readWithoutReference(fields, "cpo"), fields.section("cpo", CpoSettings::read));
    }

    @Override
    public PairLoss loss() {
        return cpo.loss();
    }
}
