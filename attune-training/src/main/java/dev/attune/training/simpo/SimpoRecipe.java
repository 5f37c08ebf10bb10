package dev.attune.training.simpo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PairSettings;
import dev.attune.training.preference.PreferenceRecipe;

/** Simple preference optimisation (arXiv 2405.14734) of a policy on preferences or rankings. */
public record SimpoRecipe(@JsonUnwrapped PairSettings pairs, SimpoSettings simpo) implements PreferenceRecipe {
    static SimpoRecipe read(SectionReader fields) {
        return new SimpoRecipe(
                PairSettings.readWithoutReference(fields, "simpo"), fields.section("simpo", SimpoSettings::read));
    }

    @Override
    public PairLoss loss() {
        return simpo.loss();
    }
}
