package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import java.util.List;

/** Mistral (arXiv 2310.06825): Llama with a window on the attention of every layer. */
public final class Mistral implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("mistral", "Mistral");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual().and("sliding_window").andPerLayer("layer_types");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(131_072).withKvHeads(8).withTokens(1, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        int window = LayerTypes.window(fields, 4096);
        List<String> types = LayerTypes.read(fields, usual.layers());
        String only = window == 0 ? LayerTypes.FULL : LayerTypes.SLIDING;
        if (types != null && !types.stream().allMatch(only::equals)) {
            throw fields.invalid("layer_types", types.toString(), "all " + only + ", as in sliding_window");
        }
        return usual.withAttention(usual.attention().withWindows(LayerTypes.uniform(usual.layers(), window)));
    }
}
