package dev.attune.model.config;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a family writes its rotary embeddings in config.json.
 *
 * @param thetaKey key of the base at the top level
 * @param theta default base
 * @param partKey key of the rotated part of each head at the top level
 * @param part default part, from 0 to 1
 * @param partial whether parts other than 1 are supported
 * @param types supported rope types
 * @param aliases other names of rope types
 * @param originalPositions default of {@code original_max_position_embeddings}; null: the context length
 */
public record RopeRules(
        String thetaKey,
        double theta,
        String partKey,
        double part,
        boolean partial,
        Set<String> types,
        Map<String, String> aliases,
        @Nullable Integer originalPositions) {
    private static final Set<String> KEYS = Set.of(
            "rope_theta",
            "rope_scaling",
            "rope_parameters",
            "partial_rotary_factor",
            "original_max_position_embeddings");

    public RopeRules {
        types = Set.copyOf(types);
        aliases = Map.copyOf(aliases);
    }

    /** {@code rope_theta} 10,000, whole heads, every rope type. */
    public static RopeRules usual() {
        return new RopeRules(
                "rope_theta",
                10_000,
                "partial_rotary_factor",
                1,
                false,
                Set.of("default", "linear", "dynamic", "llama3", "yarn", "longrope"),
                Map.of(),
                null);
    }

    public RopeRules withTheta(String key, double value) {
        return new RopeRules(key, value, partKey, part, partial, types, aliases, originalPositions);
    }

    /** Parts of heads are rotated, by default {@code value} of each. */
    public RopeRules withPart(String key, double value) {
        return new RopeRules(thetaKey, theta, key, value, true, types, aliases, originalPositions);
    }

    public RopeRules withTypes(Set<String> supported, Map<String, String> otherNames) {
        return new RopeRules(thetaKey, theta, partKey, part, partial, supported, otherNames, originalPositions);
    }

    public RopeRules withOriginalPositions(int value) {
        return new RopeRules(thetaKey, theta, partKey, part, partial, types, aliases, value);
    }

    /**
     * Writes the scaling in an object like {@code rope_parameters} under {@code rope_scaling} too, where transformers 4
     * expects it.
     */
    public static void addOlderScaling(ObjectNode parameters, ObjectNode config) {
        if (!config.hasNonNull("rope_scaling")) {
            OlderKeys.addScaling(parameters, config);
        }
    }

    /** Whether a key of config.json is about rotary embeddings. */
    boolean reads(String key) {
        return KEYS.contains(key) || key.equals(thetaKey) || key.equals(partKey);
    }
}
