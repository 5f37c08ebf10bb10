package dev.attune.model.config;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code rope_parameters} under the older keys too, because transformers 4 ignores it and would use its defaults
 * silently. Version 5 reads the older keys first, so both must agree.
 */
final class OlderKeys {
    private OlderKeys() {}

    static void add(RopeRules rules, ObjectNode config) {
        if (!(config.get("rope_parameters") instanceof ObjectNode rope) || config.hasNonNull("rope_scaling")) {
            return;
        }
        copy(rope, "rope_theta", config, rules.thetaKey());
        copy(rope, "partial_rotary_factor", config, rules.partKey());
        addScaling(rope, config);
    }

    /** Writes scaling under the key of transformers 4, unless the type is {@code default}. */
    static void addScaling(ObjectNode rope, ObjectNode config) {
        String type = rope.path("rope_type").asString(rope.path("type").asString("default"));
        if (!type.equals("default")) {
            ObjectNode scaling = rope.deepCopy();
            scaling.remove(java.util.List.of("rope_theta", "partial_rotary_factor"));
            scaling.put("rope_type", type).put("type", type);
            config.set("rope_scaling", scaling);
        }
    }

    private static void copy(ObjectNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.get(name);
        if (value != null && !value.isNull()) {
            to.set(as, value);
        }
    }
}
