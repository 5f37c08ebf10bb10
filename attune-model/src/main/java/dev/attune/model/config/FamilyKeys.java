package dev.attune.model.config;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of config.json that a family reads.
 *
 * @param width width of the residual stream
 * @param layers number of layers
 * @param heads number of query heads
 * @param kvHeads number of key and value heads; null if there are as many as query heads, each of width / heads
 * @param positions context length
 * @param mlpWidth inner width of the feed-forward blocks
 * @param activation activation function of the feed-forward blocks
 * @param normEpsilon epsilon of the norms
 * @param rope rules for rotary embeddings that are the same in every layer; null if the family has none, or reads them
 *     itself
 * @param others all other keys
 * @param perLayer those of {@code others} that are lists with an entry per layer
 */
public record FamilyKeys(
        String width,
        String layers,
        String heads,
        @Nullable String kvHeads,
        String positions,
        String mlpWidth,
        String activation,
        String normEpsilon,
        @Nullable RopeRules rope,
        Set<String> others,
        Set<String> perLayer) {

    public FamilyKeys {
        others = Set.copyOf(others);
        perLayer = Set.copyOf(perLayer);
    }

    /** The keys of Llama, which most families share. */
    public static FamilyKeys usual() {
        return new FamilyKeys(
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "num_key_value_heads",
                "max_position_embeddings",
                "intermediate_size",
                "hidden_act",
                "rms_norm_eps",
                RopeRules.usual(),
                Set.of(),
                Set.of());
    }

    public FamilyKeys withKvHeads(@Nullable String key) {
        return new FamilyKeys(
                width, layers, heads, key, positions, mlpWidth, activation, normEpsilon, rope, others, perLayer);
    }

    public FamilyKeys withActivation(String key) {
        return new FamilyKeys(
                width, layers, heads, kvHeads, positions, mlpWidth, key, normEpsilon, rope, others, perLayer);
    }

    public FamilyKeys withNormEpsilon(String key) {
        return new FamilyKeys(
                width, layers, heads, kvHeads, positions, mlpWidth, activation, key, rope, others, perLayer);
    }

    public FamilyKeys withRope(@Nullable RopeRules rules) {
        return new FamilyKeys(
                width, layers, heads, kvHeads, positions, mlpWidth, activation, normEpsilon, rules, others, perLayer);
    }

    /** These keys and others. */
    public FamilyKeys and(String... more) {
        return new FamilyKeys(
                width,
                layers,
                heads,
                kvHeads,
                positions,
                mlpWidth,
                activation,
                normEpsilon,
                rope,
                united(others, more),
                perLayer);
    }

    /** These keys and others, whose values are lists with an entry per layer. */
    public FamilyKeys andPerLayer(String... more) {
        FamilyKeys all = and(more);
        return new FamilyKeys(
                width,
                layers,
                heads,
                kvHeads,
                positions,
                mlpWidth,
                activation,
                normEpsilon,
                rope,
                all.others,
                united(perLayer, more));
    }

    private static Set<String> united(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }

    /** Whether the family reads a key. */
    boolean contains(String key) {
        return Set.of(width, layers, heads, positions, mlpWidth, activation, normEpsilon)
                        .contains(key)
                || key.equals(kvHeads)
                || (rope != null && rope.reads(key))
                || others.contains(key);
    }
}
