package dev.attune.model.family;

import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.LayerRopes;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeReader;
import dev.attune.model.config.RopeRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rotary embeddings of Gemma 3: base 1,000,000 and possibly scaling in full layers, base 10,000 in sliding ones.
 * Transformers 5 keeps them in {@code rope_parameters} by layer type; version 4 in {@code rope_theta}, {@code
 * rope_scaling} and {@code rope_local_base_freq}, which count where {@code rope_parameters} has nothing; {@code
 * rope_scaling} counts in any case.
 */
final class Gemma3Ropes {
    static final String[] KEYS = {
        "rope_theta", "rope_scaling", "rope_parameters", "rope_local_base_freq", "original_max_position_embeddings"
    };

    private static final RopeRules FULL = RopeRules.usual().withTheta("rope_theta", 1_000_000);
    private static final RopeRules SLIDING = RopeRules.usual().withTheta("rope_local_base_freq", 10_000);

    private final ConfigFields fields;
    private final int positions;

    Gemma3Ropes(ConfigFields fields, int positions) {
        this.fields = fields;
        this.positions = positions;
    }

    LayerRopes read(List<String> types, int headDim) {
        ConfigFields byType = byType();
        ConfigFields sliding = byType == null ? null : byType.object(LayerTypes.SLIDING);
        Rope ofSliding = new RopeReader(SLIDING, fields, sliding, positions).read(headDim);
        Rope ofFull = new RopeReader(FULL, fields, full(byType), positions).read(headDim);
        return new LayerRopes(types.stream()
                .map(type -> Optional.of(type.equals(LayerTypes.SLIDING) ? ofSliding : ofFull))
                .toList());
    }

    private @Nullable ConfigFields byType() {
        ConfigFields byType = fields.object("rope_parameters");
        if (byType != null && !List.of(LayerTypes.SLIDING, LayerTypes.FULL).containsAll(byType.keys())) {
            throw fields.invalid(
                    "rope_parameters",
                    byType.keys().toString(),
                    LayerTypes.SLIDING + " and " + LayerTypes.FULL + ", an object each");
        }
        return byType;
    }

    private @Nullable ConfigFields full(@Nullable ConfigFields byType) {
        ConfigFields full = byType == null ? null : byType.object(LayerTypes.FULL);
        ConfigFields scaling = fields.object("rope_scaling");
        if (scaling == null || full == null) {
            return scaling == null ? full : scaling;
        }
        ObjectNode merged = full.json().deepCopy();
        merged.setAll(scaling.json());
        return fields.child("rope_scaling", merged);
    }

    static void addOlderKeys(ObjectNode config) {
        if (!(config.get("rope_parameters") instanceof ObjectNode byType)) {
            return;
        }
        copyTheta(byType.path(LayerTypes.SLIDING), config, SLIDING.thetaKey());
        if (byType.get(LayerTypes.FULL) instanceof ObjectNode full) {
            copyTheta(full, config, FULL.thetaKey());
            RopeRules.addOlderScaling(full, config);
        }
    }

    private static void copyTheta(JsonNode from, ObjectNode config, String key) {
        if (from.path("rope_theta").isNumber()) {
            config.set(key, from.get("rope_theta"));
        }
    }
}
