package com.example.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Factors;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;

/** A family that no library has, written against the public classes alone: layer norms after each block. */
public final class ToyFamily implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("toy", "Toy");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual().and("branch_factor");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(64).withTokens(1, 2, 0);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        var norms = new DecoderSpec.LayerNorms(null, "norm_1", null, "norm_2");
        return usual.withSpec(usual.spec().withNorms(NormKind.LAYER, norms))
                .withFactors(new Factors(1, fields.positiveNumber("branch_factor", 1), 1));
    }
}
