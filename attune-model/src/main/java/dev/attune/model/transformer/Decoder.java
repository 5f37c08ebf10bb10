package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.DecoderSpec.ExpertWeights;
import dev.attune.model.config.DecoderSpec.LayerNorms;
import dev.attune.model.config.DecoderSpec.QueryKeyNorms;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The stack of layers from token ids to hidden states, built from a configuration and its weights. */
final class Decoder implements AutoCloseable {
    private final ModelConfig config;
    private final ModelWeights parameters;
    private final DecoderSpec spec;
    private final Tensor embedding;
    private final @Nullable WeightChange embeddingChange;
    private final @Nullable Tensor learnedPositions;
    private final LayerAngles angles;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final Norm finalNorm;
    private boolean checkpointing;

    Decoder(ModelConfig config, ModelWeights parameters) {
        this.config = config;
        this.parameters = parameters;
        this.spec = config.spec();
        this.embedding = parameters.group(spec.embedding() + ".weight");
        this.embeddingChange = parameters.embeddingChange(spec.embedding());
        this.learnedPositions = spec.positions() == null ? null : parameters.group(spec.positions() + ".weight");
        this.angles = new LayerAngles(config);
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(layer(layer));
        }
        this.finalNorm = norm(spec.finalNorm());
    }

    private DecoderLayer layer(int index) {
        String prefix = spec.layerPrefix() + index + ".";
        LayerNorms norms = spec.norms();
        return new DecoderLayer(
                optionalNorm(prefix, norms.beforeAttention()),
                attention(index, prefix),
                optionalNorm(prefix, norms.afterAttention()),
                optionalNorm(prefix, norms.beforeMlp()),
                mlp(index, prefix),
                optionalNorm(prefix, norms.afterMlp()),
                spec.parallel(),
                config.architecture().factors().residual());
    }

    private AttentionBlock attention(int layer, String prefix) {
        QueryKeyNorms norms = spec.attention().norms();
        return new AttentionBlock(
                layer,
                config.attention(),
                spec.attention(),
                projection(layer, "qkv"),
                projection(layer, "output"),
                norms == null ? null : norm(prefix + norms.query()),
                norms == null ? null : norm(prefix + norms.key()));
    }

    private MlpBlock mlp(int layer, String prefix) {
        ExpertWeights names = spec.experts();
        Experts experts = config.mlp().experts();
        if (names != null && experts != null && experts.in(layer)) {
            return new ExpertMixture(
                    experts,
                    parameters.group(prefix + names.router() + ".weight"),
                    IntStream.range(0, experts.count())
                            .mapToObj(expert -> expert(layer, expert))
                            .toList());
        }
        return new FeedForward(
                config.mlp().activation(), inner(layer), spec.mlp().gated(), projection(layer, "outer"));
    }

    private FeedForward expert(int layer, int expert) {
        return new FeedForward(
                config.mlp().activation(),
                List.of(
                        projection(layer, WeightLayout.expert(expert, "inner0")),
                        projection(layer, WeightLayout.expert(expert, "inner1"))),
                true,
                projection(layer, WeightLayout.expert(expert, "outer")));
    }

    private List<Projection> inner(int layer) {
        return IntStream.range(0, spec.mlp().inner().size())
                .mapToObj(i -> projection(layer, "inner" + i))
                .toList();
    }

    private Projection projection(int layer, String part) {
        return parameters.projection(WeightLayout.key(layer, part));
    }

    private @Nullable Norm optionalNorm(String prefix, @Nullable String name) {
        return name == null ? null : norm(prefix + name);
    }

    private Norm norm(String name) {
        return new Norm(
                spec.norm(),
                parameters.group(name + ".weight"),
                spec.norm().hasBias() ? parameters.group(name + ".bias") : null,
                config.normEpsilon());
    }

    /**
     * Hidden states {@code [batch, time, width]} after the final norm.
     *
     * @param cache empty; receives the keys and values of a left-padded batch; or null
     */
    Tensor forward(TokenBatch batch, @Nullable KeyValueCache cache) {
        try (Adaptation.Pass pass = parameters.pass(batch)) {
            return forward(batch, cache, pass);
        }
    }

    private Tensor forward(TokenBatch batch, @Nullable KeyValueCache cache, Adaptation.Pass pass) {
        Padding padding = Padding.of(batch.mask().toLongs(), batch.time());
        Tensor positions = batch.positions();
        if (positions == null && padding == Padding.OTHER) {
            positions = batch.mask().cumsum(1).minus(1).clamp(0, Double.POSITIVE_INFINITY);
        }
        long bound = batch.positions() == null
                ? batch.time()
                : (long) batch.positions().max().item() + 1;
        Tensor ids = padding == Padding.NONE ? batch.ids() : batch.ids().times(batch.mask());
        Tensor x = embed(ids, positions, bound);
        LayerAngles.Pass turns = angles.at(positions, bound);
        AttentionPlan plan = new AttentionPlan(batch, padding);
        config.attention().windows().forEach(plan::mask);
        LayerCheckpoints.Attend attend = (layer, y) -> layer.attention().apply(y, turns, plan, cache);
        boolean again = checkpointing && cache == null && NoGrad.isRecording();
        Tensor hidden =
                again ? finalNorm.apply(LayerCheckpoints.through(layers, x, attend, pass)) : throughLayers(x, attend);
        if (cache != null) {
            TokenHistory history = cache.history();
            if (history != null) {
                history.append(batch.ids(), cache.length());
                history.computedFor(angles.version(positions, bound));
            }
            cache.padded(padding == Padding.NONE ? null : batch.mask());
            cache.advance(batch.time());
        }
        return hidden;
    }

    /**
     * All layers and the final norm. Tensors of a layer that no gradient needs are freed after it: without gradients a
     * pass takes the memory of one layer.
     */
    private Tensor throughLayers(Tensor embedded, LayerCheckpoints.Attend attend) {
        Tensor x = embedded;
        try {
            for (DecoderLayer layer : layers) {
                Tensor before = x;
                try (Scope scope = Scope.open()) {
                    x = scope.keep(layer.apply(before, y -> attend.apply(layer, y)));
                }
                closeUnless(embedded, before);
            }
            return finalNorm.apply(x);
        } finally {
            closeUnless(embedded, x);
        }
    }

    private static void closeUnless(Tensor borrowed, Tensor tensor) {
        if (tensor != borrowed) {
            tensor.close();
        }
    }

    /**
     * Hidden states {@code [batch, 1, width]} of one more token per row.
     *
     * @param ids int64 {@code [batch, 1]}
     */
    Tensor step(Tensor ids, KeyValueCache cache) {
        Tensor positions = cache.nextPositions();
        long bound = cache.length() + 1;
        TokenHistory history = cache.history();
        if (history != null) {
            history.append(ids, cache.length());
            if (!history.isComputedFor(angles.version(positions, bound))) {
                return computeAgain(history.first(bound), cache).narrow(1, bound - 1, 1);
            }
        }
        Tensor x = embed(ids, positions, bound);
        LayerAngles.Pass turns = angles.at(positions, bound);
        for (DecoderLayer layer : layers) {
            x = layer.apply(x, y -> layer.attention().step(y, turns, cache));
        }
        cache.advance(1);
        return finalNorm.apply(x);
    }

    /**
     * Hidden states {@code [1, time, width]} of the next tokens of several sequences, one after the other.
     *
     * @param parts of each sequence
     */
    Tensor extendEach(List<int[]> parts, List<KeyValueCache> caches) {
        Set<Integer> windows = new HashSet<>(config.attention().windows());
        List<Extension> extensions = IntStream.range(0, parts.size())
                .mapToObj(i -> Extension.of(parts.get(i).length, caches.get(i), windows))
                .toList();
        int[] ids = parts.stream().flatMapToInt(IntStream::of).toArray();
        Tensor positions = Tensor.cat(
                        extensions.stream().map(Extension::positions).toList(), 0)
                .unsqueeze(0);
        long bound = extensions.stream()
                .mapToLong(extension -> extension.cache().length() + extension.time())
                .max()
                .orElse(0);
        LayerAngles.Pass turns = angles.at(positions, bound);
        Tensor hidden =
                throughLayers(embed(Tensor.of(ids, 1, ids.length), positions, bound), (layer, y) -> layer.attention()
                        .extendEach(y, turns, extensions));
        extensions.forEach(extension -> extension.cache().advance(extension.time()));
        return hidden;
    }

    /** Whether sequences of different lengths can be computed together, each as it would be alone. */
    boolean allowsRowsOfAnyLength() {
        return !LayerAngles.dependOnLength(config.architecture().ropes());
    }

    /**
     * Hidden states {@code [rows, 1, width]} of one more token per row, each of which has its own cache.
     *
     * @param ids int64 {@code [rows, 1]}
     */
    Tensor stepEach(Tensor ids, List<KeyValueCache> caches) {
        long[] lengths = caches.stream().mapToLong(KeyValueCache::length).toArray();
        Tensor positions = Tensor.of(lengths, lengths.length, 1);
        long bound = LongStream.of(lengths).max().orElse(0) + 1;
        Tensor x = embed(ids, positions, bound);
        LayerAngles.Pass turns = angles.at(positions, bound);
        Tensor hidden = throughLayers(x, (layer, y) -> layer.attention().stepEach(y, turns, caches));
        caches.forEach(cache -> cache.advance(1));
        return hidden;
    }

    /** Fills the cache with all tokens so far, because the rotary frequencies have changed. */
    private Tensor computeAgain(Tensor ids, KeyValueCache cache) {
        return forward(new TokenBatch(ids, cache.restart(ids.size(1)), null, null), cache);
    }

    /** Whether later passes with gradients keep only the inputs of layers, which the backward pass computes again. */
    void useCheckpointing(boolean on) {
        checkpointing = on;
    }

    /** Multiplies the output of all later passes by factors {@code [width]}. */
    void scaleOutput(Tensor factors) {
        finalNorm.scaleInPlace(factors);
    }

    private Tensor embed(Tensor ids, @Nullable Tensor positions, long bound) {
        Tensor tokens = Weights.embedding(embedding, ids);
        if (embeddingChange != null) {
            tokens = embeddingChange.apply(ids, tokens, null);
        }
        double factor = config.architecture().factors().embedding();
        if (factor != 1) {
            tokens = tokens.times(factor);
        }
        if (learnedPositions == null) {
            return tokens;
        }
        if (bound > config.maxPositions()) {
            throw BadInputException.at(
                    "sequence",
                    bound + " tokens",
                    "at most the " + config.maxPositions() + " positions this model has learned",
                    "shorten the prompt or generate fewer tokens");
        }
        return tokens.plus(
                positions == null
                        ? learnedPositions.narrow(0, 0, bound)
                        : Weights.embedding(learnedPositions, positions));
    }

    @Override
    public void close() {
        angles.close();
    }
}
