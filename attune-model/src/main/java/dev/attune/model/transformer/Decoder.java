package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The stack of layers from token ids to hidden states, built from a configuration and its weights. */
final class Decoder implements AutoCloseable {
    private final ModelConfig config;
    private final ModelWeights parameters;
    private final DecoderSpec spec;
    private final Tensor embedding;
    private final @Nullable WeightChange embeddingChange;
    private final @Nullable Tensor learnedPositions;
    private final @Nullable Rotary rotary;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final Norm finalNorm;
    private boolean checkpointing;

    Decoder(ModelConfig config, ModelWeights parameters) {
        this.config = config;
        this.parameters = parameters;
        this.spec = DecoderSpec.of(config.family());
        this.embedding = parameters.group(spec.embedding() + ".weight");
        this.embeddingChange = parameters.embeddingChange(spec.embedding());
        this.learnedPositions = spec.positions() == null ? null : parameters.group(spec.positions() + ".weight");
        Rope rope = config.rope();
        this.rotary = rope == null
                ? null
                : new Rotary(
                        rope, config.attention().heads() + config.attention().kvHeads());
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(layer(layer));
        }
        this.finalNorm = norm(spec.finalNorm(), spec.norm());
    }

    private DecoderLayer layer(int index) {
        String prefix = spec.layerPrefix() + index + ".";
        AttentionBlock attention = new AttentionBlock(
                index,
                config.attention(),
                spec.perHead(),
                projection(index, "qkv"),
                projection(index, "output"),
                optionalNorm(prefix, spec.queryNorm()),
                optionalNorm(prefix, spec.keyNorm()));
        FeedForward mlp =
                new FeedForward(config.mlp().activation(), inner(index), spec.gated(), projection(index, "outer"));
        return new DecoderLayer(
                norm(prefix + spec.attentionNorm(), spec.norm()),
                attention,
                optionalNorm(prefix, spec.afterAttentionNorm()),
                norm(prefix + spec.mlpNorm(), spec.norm()),
                mlp,
                optionalNorm(prefix, spec.afterMlpNorm()),
                config.parallelResidual());
    }

    private List<Projection> inner(int layer) {
        return IntStream.range(0, spec.inner().size())
                .mapToObj(i -> projection(layer, "inner" + i))
                .toList();
    }

    private Projection projection(int layer, String part) {
        return parameters.projection(WeightLayout.key(layer, part));
    }

    private @Nullable Norm optionalNorm(String prefix, @Nullable String name) {
        return name == null ? null : norm(prefix + name, spec.norm());
    }

    private Norm norm(String name, Norm.Kind kind) {
        return new Norm(
                kind,
                parameters.group(name + ".weight"),
                kind.hasBias() ? parameters.group(name + ".bias") : null,
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
        Rotary.Angles angles = rotary == null ? null : rotary.at(positions, bound);
        AttentionPlan plan = new AttentionPlan(batch, padding);
        config.attention().windows().forEach(plan::mask);
        LayerCheckpoints.Attend attend = (layer, y) -> layer.attention().apply(y, angles, plan, cache);
        boolean again = checkpointing && cache == null && NoGrad.isRecording();
        Tensor hidden =
                again ? finalNorm.apply(LayerCheckpoints.through(layers, x, attend, pass)) : throughLayers(x, attend);
        if (cache != null) {
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
        Tensor x = embed(ids, positions, bound);
        Rotary.Angles angles = rotary == null ? null : rotary.at(positions, bound);
        for (DecoderLayer layer : layers) {
            x = layer.apply(x, y -> layer.attention().step(y, angles, cache));
        }
        cache.advance(1);
        return finalNorm.apply(x);
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
        if (spec.scaledEmbedding()) {
            tokens = tokens.times((float) Math.sqrt(config.width()));
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
        if (rotary != null) {
            rotary.close();
        }
    }
}
