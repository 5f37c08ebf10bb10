package dev.attune.model.transformer;

import dev.attune.model.config.Attention;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.DecoderSpec.ExpertWeights;
import dev.attune.model.config.DecoderSpec.LayerNorms;
import dev.attune.model.config.DecoderSpec.QueryKeyNorms;
import dev.attune.model.config.Experts;
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
        this.spec = config.spec();
    }

    static List<Group> of(ModelConfig config) {
        return new WeightLayout(config).build();
    }

    /** The key of a layer's group. */
    static String key(int layer, String part) {
        return layer + "." + part;
    }

    /** The part of a layer that belongs to one of its experts. */
    static String expert(int expert, String part) {
        return "expert" + expert + "." + part;
    }

    /** The key of the first group of a layer. */
    static String firstGroup(ModelConfig config, int layer) {
        DecoderSpec spec = config.spec();
        String norm = spec.norms().beforeAttention();
        return (norm == null ? key(layer, "qkv") : spec.layerPrefix() + layer + "." + norm) + ".weight";
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
        if (spec.headBias() && !config.isReward()) {
            single(spec.head() + ".bias", config.vocabularySize());
        }
        return groups;
    }

    private void layer(int layer) {
        String prefix = spec.layerPrefix() + layer + ".";
        LayerNorms norms = spec.norms();
        optionalNorm(prefix, norms.beforeAttention(), config.width());
        attention(layer, prefix);
        optionalNorm(prefix, norms.afterAttention(), config.width());
        optionalNorm(prefix, norms.beforeMlp(), config.width());
        ExpertWeights names = spec.experts();
        Experts experts = config.mlp().experts();
        if (names != null && experts != null && experts.in(layer)) {
            experts(layer, prefix, names, experts);
        } else {
            mlp(layer, prefix);
        }
        optionalNorm(prefix, norms.afterMlp(), config.width());
    }

    private void attention(int layer, String prefix) {
        Attention attention = config.attention();
        long queries = (long) attention.heads() * attention.headDim();
        long keys = (long) attention.kvHeads() * attention.headDim();
        List<String> projections = spec.attention().queryKeyValue();
        matrix(
                key(layer, "qkv"),
                prefixed(prefix, projections),
                outputs(projections.size(), queries, keys, keys),
                config.width(),
                attention.qkvBias());
        QueryKeyNorms norms = spec.attention().norms();
        if (norms != null) {
            norm(prefix + norms.query(), norms.wholeProjection() ? queries : attention.headDim());
            norm(prefix + norms.key(), norms.wholeProjection() ? keys : attention.headDim());
        }
        matrix(
                key(layer, "output"),
                List.of(prefix + spec.attention().output()),
                new long[] {config.width()},
                queries,
                attention.outputBias());
    }

    private void mlp(int layer, String prefix) {
        long width = config.width();
        long inner = config.mlp().width();
        List<String> projections = spec.mlp().inner();
        long[] sizes = spec.mlp().gated() ? outputs(projections.size(), inner, inner) : new long[] {inner};
        for (int i = 0; i < sizes.length; i++) {
            matrix(
                    key(layer, "inner" + i),
                    List.of(prefix + projections.get(i)),
                    new long[] {sizes[i]},
                    width,
                    config.mlp().bias());
        }
        matrix(
                key(layer, "outer"),
                List.of(prefix + spec.mlp().outer()),
                new long[] {width},
                inner,
                config.mlp().bias());
    }

    private void experts(int layer, String prefix, ExpertWeights names, Experts experts) {
        long width = config.width();
        long inner = experts.width();
        single(prefix + names.router() + ".weight", experts.count(), width);
        for (int expert = 0; expert < experts.count(); expert++) {
            String own = prefix + names.prefix() + expert + ".";
            expertMatrix(key(layer, expert(expert, "inner0")), own + names.gate(), inner, width);
            expertMatrix(key(layer, expert(expert, "inner1")), own + names.up(), inner, width);
            expertMatrix(key(layer, expert(expert, "outer")), own + names.down(), width, inner);
        }
    }

    private void expertMatrix(String key, String name, long output, long input) {
        matrix(key, List.of(name), new long[] {output}, input, config.mlp().bias());
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
            norm(prefix + name, size);
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
