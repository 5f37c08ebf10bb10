package dev.attune.training.orpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PairSettings;
import dev.attune.training.preference.PreferenceRecipe;

/** Odds-ratio preference optimisation (arXiv 2403.07691) of a policy on preferences or rankings. */
public record OrpoRecipe(@JsonUnwrapped PairSettings pairs, OrpoSettings orpo) implements PreferenceRecipe {
    static OrpoRecipe read(SectionReader fields) {
        return new OrpoRecipe(
                PairSettings.readWithoutReference(fields, "orpo"), fields.section("orpo", OrpoSettings::read));
    }

    @Override
    public PairLoss loss() {
        return orpo.loss();
    }
}
