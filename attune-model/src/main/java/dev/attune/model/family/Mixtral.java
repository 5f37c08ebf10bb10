package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec.ExpertWeights;
import dev.attune.model.config.Experts;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.RopeRules;
import java.util.Collections;

/**
 * Mixtral (arXiv 2401.04088): Mistral with eight experts in every layer, two per token, whose probabilities are divided
 * by their sum.
 */
public final class Mixtral implements Family {
    private static final ExpertWeights WEIGHTS =
            new ExpertWeights("block_sparse_moe.gate", "block_sparse_moe.experts.", "w1", "w3", "w2");

    @Override
    public FamilyNames names() {
        return FamilyNames.usual("mixtral", "Mixtral");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withRope(RopeRules.usual().withTheta("rope_theta", 1_000_000))
                .and(ExpertKeys.ALL)
                .and("sliding_window");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withPositions(131_072)
                .withKvHeads(8)
                .withNormEpsilon(1e-5)
                .withTokens(1, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        int layers = usual.layers();
        int count = ExpertKeys.count(fields, 8);
        Experts experts = new Experts(
                count,
                ExpertKeys.perToken(fields, 2, count),
                usual.mlp().width(),
                true,
                ExpertKeys.balance(fields),
                Collections.nCopies(layers, true));
        return usual.withSpec(usual.spec().withExperts(WEIGHTS))
                .withAttention(usual.attention().withWindows(LayerTypes.uniform(layers, LayerTypes.window(fields, 0))))
                .withMlp(usual.mlp().withExperts(experts));
    }
}
