package dev.attune.model.transformer;

import dev.attune.model.config.Attention;
import dev.attune.model.config.DecoderSpec.AttentionWeights;
import dev.attune.model.config.DecoderSpec.QueryKeyNorms;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention of one layer: projections, rotation, softmax(scale Q K^T) V, projection back. Grouped queries share
 * keys and values (arXiv 2305.13245).
 */
final class AttentionBlock {
    private final int layer;
    private final Attention config;
    private final AttentionWeights weights;
    private final Projection queryKeyValue;
    private final Projection output;
    private final @Nullable Norm queryNorm;
    private final @Nullable Norm keyNorm;

    AttentionBlock(
            int layer,
            Attention config,
            AttentionWeights weights,
            Projection queryKeyValue,
            Projection output,
            @Nullable Norm queryNorm,
            @Nullable Norm keyNorm) {
        this.layer = layer;
        this.config = config;
        this.weights = weights;
        this.queryKeyValue = queryKeyValue;
        this.output = output;
        this.queryNorm = queryNorm;
        this.keyNorm = keyNorm;
    }

    /** Queries, keys and values as {@code [batch, heads, time, headDim]}. */
    private record Heads(Tensor query, Tensor key, Tensor value) {}

    /**
     * Attention within a batch.
     *
     * @param x {@code [batch, time, width]}
     * @param cache receives the keys and values, or null
     */
    Tensor apply(Tensor x, LayerAngles.Pass turns, AttentionPlan plan, @Nullable KeyValueCache cache) {
        Heads heads = heads(x, turns.of(layer));
        if (cache != null) {
            cache.append(layer, heads.key, heads.value);
        }
        Tensor mask = plan.mask(config.window(layer));
        return merge(attend(heads.query, heads.key, heads.value, mask, mask == null));
    }

    /** Attention of one new token per row, {@code [batch, 1, width]}, to all cached tokens and itself. */
    Tensor step(Tensor x, LayerAngles.Pass turns, KeyValueCache cache) {
        Heads heads = heads(x, turns.of(layer));
        cache.append(layer, heads.key, heads.value);
        int window = config.window(layer);
        long all = cache.length() + 1;
        long seen = window == 0 ? all : Math.min(window, all);
        long rows = x.size(0);
        // One query per head: the heads of a group become the queries of their shared key head.
        Tensor grouped = heads.query
                .reshape(rows, config.kvHeads(), -1, config.headDim())
                .to(cache.type());
        Tensor mixed = attend(grouped, cache.keys(layer, seen), cache.values(layer, seen), cache.mask(seen), false);
        return output.apply(mixed.toFloat().reshape(rows, 1, -1));
    }

    /**
     * Attention of the next tokens of several sequences, one after the other in {@code [1, time, width]}, to the cached tokens
     * of their own and those up to themselves.
     */
    Tensor extendEach(Tensor x, LayerAngles.Pass turns, List<Extension> extensions) {
        Heads heads = heads(x, turns.of(layer));
        List<Tensor> mixed = new ArrayList<>();
        long from = 0;
        for (Extension extension : extensions) {
            long time = extension.time();
            KeyValueCache cache = extension.cache();
            cache.append(layer, heads.key.narrow(2, from, time), heads.value.narrow(2, from, time));
            mixed.add(attend(
                    heads.query.narrow(2, from, time).to(cache.type()),
                    cache.keysWith(layer, time),
                    cache.valuesWith(layer, time),
                    extension.mask(config.window(layer)),
                    false));
            from += time;
        }
        return merge((mixed.size() == 1 ? mixed.get(0) : Tensor.cat(mixed, 2)).toFloat());
    }

    /**
     * Attention of one new token per row, {@code [rows, 1, width]}, each to its own cache. Every row is computed for itself,
     * so that its digits do not depend on the others.
     */
    Tensor stepEach(Tensor x, LayerAngles.Pass turns, List<KeyValueCache> caches) {
        Heads heads = heads(x, turns.of(layer));
        long rows = x.size(0);
        int window = config.window(layer);
        Tensor grouped = heads.query
                .reshape(rows, config.kvHeads(), -1, config.headDim())
                .to(caches.get(0).type());
        List<Tensor> mixed = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            KeyValueCache cache = caches.get(row);
            cache.append(layer, heads.key.narrow(0, row, 1), heads.value.narrow(0, row, 1));
            long all = cache.length() + 1;
            long seen = window == 0 ? all : Math.min(window, all);
            mixed.add(
                    attend(grouped.narrow(0, row, 1), cache.keys(layer, seen), cache.values(layer, seen), null, false));
        }
        Tensor together = mixed.size() == 1 ? mixed.get(0) : Tensor.cat(mixed, 0);
        return output.apply(together.toFloat().reshape(rows, 1, -1));
    }

    private Heads heads(Tensor x, Rotary.@Nullable Angles angles) {
        Tensor all = queryKeyValue.apply(x);
        long batch = x.size(0);
        long time = x.size(1);
        long dim = config.headDim();
        int queries = config.heads();
        int keys = config.kvHeads();
        if (weights.byHead()) {
            List<Tensor> parts = all.reshape(batch, time, queries, 3 * dim).split(-1, dim, dim, dim);
            return turned(parts.get(0), parts.get(1), parts.get(2), angles);
        }
        Tensor stacked = all.reshape(batch, time, queries + 2L * keys, dim);
        if (queryNorm != null || angles == null) {
            List<Tensor> parts = stacked.split(2, queries, keys, keys);
            return turned(parts.get(0), parts.get(1), parts.get(2), angles);
        }
        List<Tensor> parts = stacked.split(2, queries + keys, keys);
        List<Tensor> turned = angles.turn(parts.get(0)).split(2, queries, keys);
        return headsFirst(turned.get(0), turned.get(1), parts.get(1));
    }

    private Heads turned(Tensor query, Tensor key, Tensor value, Rotary.@Nullable Angles angles) {
        Tensor q = normed(queryNorm, query);
        Tensor k = normed(keyNorm, key);
        return angles == null ? headsFirst(q, k, value) : headsFirst(angles.turn(q), angles.turn(k), value);
    }

    /** @param heads {@code [batch, time, heads, headDim]} */
    private Tensor normed(@Nullable Norm norm, Tensor heads) {
        QueryKeyNorms norms = weights.norms();
        if (norm == null || norms == null) {
            return heads;
        }
        long[] shape = heads.shape();
        return norms.wholeProjection()
                ? norm.apply(heads.reshape(shape[0], shape[1], -1)).reshape(shape)
                : norm.apply(heads);
    }

    private static Heads headsFirst(Tensor query, Tensor key, Tensor value) {
        return new Heads(query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2));
    }

    private Tensor merge(Tensor mixed) {
        return output.apply(mixed.transpose(1, 2).reshape(mixed.size(0), mixed.size(2), -1));
    }

    private Tensor attend(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
        double scale = config.scale(layer);
        Double softcap = config.softcap();
        if (softcap == null) {
            return Functional.attention(query, key, value, mask, causal, scale);
        }
        int group = (int) (query.size(1) / key.size(1));
        return Functional.cappedAttention(
                query, repeat(key, group), repeat(value, group), mask, causal, scale, softcap);
    }

    /** {@code [batch, kvHeads, time, dim]} with each head repeated. */
    private static Tensor repeat(Tensor x, int times) {
        if (times == 1) {
            return x;
        }
        long[] shape = x.shape();
        return x.unsqueeze(2)
                .expand(shape[0], shape[1], times, shape[2], shape[3])
                .reshape(shape[0], shape[1] * times, shape[2], shape[3]);
    }
}
