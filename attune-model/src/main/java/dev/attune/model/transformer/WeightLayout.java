package dev.attune.model.transformer;

import dev.attune.model.config.Attention;
import dev.attune.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a model's weights: their names and their order in the flat buffer. Projections that are computed as one
 * (query, key and value) are parts of one matrix. Projections are {@code [in, out]} in memory, whatever the checkpoint
 * has: products of a few rows, as in decoding, then need no rearranged copy of the matrix, and are up to twice as fast.
 */
final class WeightLayout {
    /** The name of the reward head. */
    static final String SCORE = "score.weight";

    private final ModelConfig config;
    private final DecoderSpec spec;
    private final List<Group> groups = new ArrayList<>();

    /** How the weights of a group are arranged in memory. */
    enum Order {
        /** As in the checkpoint, one after the other along the first dimension. */
        ROWS,
        /** One matrix {@code [in, out]}, whose columns are divided among weights that are {@code [in, out]} themselves. */
        COLUMNS,
        /** One matrix {@code [in, out]}, whose columns are divided among weights that are {@code [out, in]}. */
        TURNED_COLUMNS
    }

    /** Weights that form one tensor in memory: name to shape in the checkpoint. */
    record Group(String key, Map<String, long[]> members, Order order) {
        /** Weights stacked along their first dimension. */
        static Group rows(String key, Map<String, long[]> members) {
            return new Group(key, members, Order.ROWS);
        }
    }

    private WeightLayout(ModelConfig config) {
        this.config = config;
        this.spec = DecoderSpec.of(config.family());
    }

    static List<Group> of(ModelConfig config) {
        return new WeightLayout(config).build();
    }

    /** The key of a layer's group. */
    static String key(int layer, String part) {
        return layer + "." + part;
    }

    private List<Group> build() {
        long width = config.width();
        single(spec.embedding() + ".weight", config.vocabularySize(), width);
        if (spec.positions() != null) {
            single(spec.positions() + ".weight", config.maxPositions(), width);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            layer(layer);
        }
        norm(spec.finalNorm(), width);
        if (config.isReward()) {
            single(SCORE, 1, width);
        } else if (!config.tied()) {
            single(spec.head() + ".weight", config.vocabularySize(), width);
        }
        return groups;
    }

    private void layer(int layer) {
        Attention attention = config.attention();
        String prefix = spec.layerPrefix() + layer + ".";
        long width = config.width();
        long dim = attention.headDim();
        long inner = config.mlp().width();
        norm(prefix + spec.attentionNorm(), width);
        matrix(
                key(layer, "qkv"),
                prefixed(prefix, spec.queryKeyValue()),
                outputs(
                        spec.queryKeyValue().size(),
                        attention.heads() * dim,
                        attention.kvHeads() * dim,
                        attention.kvHeads() * dim),
                width,
                attention.qkvBias());
        optionalNorm(prefix, spec.queryNorm(), dim);
        optionalNorm(prefix, spec.keyNorm(), dim);
        matrix(
                key(layer, "output"),
                List.of(prefix + spec.attentionOutput()),
                new long[] {width},
                attention.heads() * dim,
                attention.outputBias());
        optionalNorm(prefix, spec.afterAttentionNorm(), width);
        norm(prefix + spec.mlpNorm(), width);
        long[] innerSizes = spec.gated() ? outputs(spec.inner().size(), inner, inner) : new long[] {inner};
        for (int i = 0; i < innerSizes.length; i++) {
            matrix(
                    key(layer, "inner" + i),
                    List.of(prefix + spec.inner().get(i)),
                    new long[] {innerSizes[i]},
                    width,
                    config.mlp().bias());
        }
        matrix(
                key(layer, "outer"),
                List.of(prefix + spec.outer()),
                new long[] {width},
                inner,
                config.mlp().bias());
        optionalNorm(prefix, spec.afterMlpNorm(), width);
    }

    /** The sizes if each has its own projection, their sum if one projection holds all. */
    private static long[] outputs(int projections, long... sizes) {
        if (projections == sizes.length) {
            return sizes;
        }
        long sum = 0;
        for (long size : sizes) {
            sum += size;
        }
        return new long[] {sum};
    }

    private static List<String> prefixed(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + name).toList();
    }

    private void matrix(String key, List<String> names, long[] outputs, long input, boolean bias) {
        var weights = new LinkedHashMap<String, long[]>();
        var biases = new LinkedHashMap<String, long[]>();
        for (int i = 0; i < names.size(); i++) {
            long[] shape = spec.transposed() ? new long[] {input, outputs[i]} : new long[] {outputs[i], input};
            weights.put(names.get(i) + ".weight", shape);
            biases.put(names.get(i) + ".bias", new long[] {outputs[i]});
        }
        groups.add(new Group(key + ".weight", weights, spec.transposed() ? Order.COLUMNS : Order.TURNED_COLUMNS));
        if (bias) {
            groups.add(Group.rows(key + ".bias", biases));
        }
    }

    private void optionalNorm(String prefix, @Nullable String name, long size) {
        if (name != null) {
            single(prefix + name + ".weight", size);
        }
    }

    private void norm(String name, long size) {
        single(name + ".weight", size);
        if (spec.norm().hasBias()) {
            single(name + ".bias", size);
        }
    }

    private void single(String name, long... shape) {
        groups.add(Group.rows(name, Map.of(name, shape)));
    }
}
