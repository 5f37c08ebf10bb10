package dev.attune.model.transformer;

import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a model computes with: those of a base and, if there is an adaptation, its changes.
 *
 * @param blocks copies of the base's matrices for decoding, or null
 */
record ModelWeights(
        ParameterSet base,
        @Nullable Adaptation adaptation,
        @Nullable BlockedWeights blocks) {
    private static final String WEIGHT = ".weight";

    ModelWeights(ParameterSet base, @Nullable Adaptation adaptation) {
        this(base, adaptation, null);
    }

    static ModelWeights of(ParameterSet base) {
        return new ModelWeights(base, null);
    }

    /** The same weights, whose matrices are registered in {@code copies} when a model is built of them. */
    ModelWeights in(BlockedWeights copies) {
        return new ModelWeights(base, adaptation, copies);
    }

    /** The weights that are trained with the model: the adaptation's, if there is one. */
    ParameterSet own() {
        return adaptation == null ? base : adaptation.parameters();
    }

    /** The same weights with their own gradients. */
    ModelWeights replica() {
        return adaptation == null ? of(base.replica()) : new ModelWeights(base, adaptation.replica());
    }

    Adaptation.Pass pass(TokenBatch batch) {
        return adaptation == null ? Adaptation.Pass.PLAIN : adaptation.pass(batch);
    }

    /** The type of a key-value cache: bfloat16 if the weights are stored in it and nothing is trained. */
    DType cacheType() {
        return adaptation == null && base.dtype() == DType.BFLOAT16 ? DType.BFLOAT16 : DType.FLOAT32;
    }

    long elements() {
        return adaptation == null
                ? base.elements()
                : base.elements() + adaptation.parameters().elements();
    }

    /** @throws IllegalStateException if there is an adaptation, whose base others may share */
    ParameterSet requireBase() {
        if (adaptation != null) {
            throw new IllegalStateException("the weights of an adapted model's base are shared and stay as they are");
        }
        return base;
    }

    /** Whether both compute the same, once this is stored in the other's types. */
    boolean computesAs(ModelWeights other) {
        boolean sameBase = base == other.base || base.sameValues(other.base);
        boolean sameChange = adaptation == other.adaptation || (isBaseExactly() && other.isBaseExactly());
        return sameBase && sameChange;
    }

    private boolean isBaseExactly() {
        return adaptation == null || adaptation.isIdentity();
    }

    /** Frees the adaptation, and the base if it is owned; of weights in blocks only the copies. */
    void close(boolean ownsBase) {
        if (blocks != null) {
            blocks.close();
            return;
        }
        if (adaptation != null) {
            adaptation.close();
        }
        if (ownsBase) {
            base.close();
        }
    }

    /** A group that is one weight, or the weight that replaces it. */
    Tensor group(String key) {
        Tensor replacement = adaptation == null ? null : adaptation.replacement(key);
        return replacement == null ? base.group(key) : replacement;
    }

    boolean hasGroup(String key) {
        return base.hasGroup(key);
    }

    /** The affine map of a group of projections that are computed as one. */
    Projection projection(String key) {
        String bias = key + ".bias";
        String weight = key + WEIGHT;
        return new Projection(
                inBlocks(base.linear(weight)), base.hasGroup(bias) ? base.group(bias) : null, columnChanges(weight));
    }

    private LinearWeight inBlocks(LinearWeight weight) {
        return blocks == null ? weight : blocks.of(weight);
    }

    private List<Projection.ColumnChange> columnChanges(String key) {
        if (adaptation == null) {
            return List.of();
        }
        List<Projection.ColumnChange> changes = new ArrayList<>();
        LinearWeight stored = base.linear(key);
        long from = 0;
        for (Map.Entry<String, Long> member : base.columns(key).entrySet()) {
            String module = module(member.getKey());
            long width = member.getValue();
            WeightChange change = adaptation.change(module, new BaseWeight(stored::inputFirst, from, width));
            if (change != null) {
                changes.add(new Projection.ColumnChange(from, width, change));
            }
            from += width;
        }
        return changes;
    }

    /** The output projection, {@code [vocabulary, width]}. */
    Tensor head(ModelConfig config) {
        DecoderSpec spec = config.spec();
        String own = spec.head() + WEIGHT;
        String embedding = spec.embedding() + WEIGHT;
        Tensor replacement = adaptation == null ? null : adaptation.replacement(own);
        if (replacement != null) {
            return replacement;
        }
        if (!config.tied()) {
            return base.group(own);
        }
        return adaptation != null && adaptation.tiesHead() ? group(embedding) : base.group(embedding);
    }

    /** The output projection as the weight of a linear map. */
    LinearWeight headProjection(ModelConfig config) {
        return inBlocks(new LinearWeight.OutputFirst(head(config), base.wide()));
    }

    /** The change of the output projection, or null. */
    @Nullable
    WeightChange headChange(ModelConfig config) {
        return adaptation == null
                ? null
                : adaptation.change(config.spec().head(), BaseWeight.whole(head(config), true));
    }

    /** The change of an embedding, or null. */
    @Nullable
    WeightChange embeddingChange(String module) {
        return adaptation == null ? null : adaptation.change(module, BaseWeight.whole(group(module + WEIGHT), false));
    }

    /**
     * The weights of a model without adaptation that computes the same, by their names in the checkpoint: float32 where
     * they are changed, the base's own tensors elsewhere. New tensors belong to the open scope.
     */
    MergedWeights merged(ModelConfig config) {
        Map<String, Tensor> weights = new LinkedHashMap<>(base.byName());
        Adaptation changes = adaptation;
        if (changes == null) {
            return new MergedWeights(config, weights);
        }
        DecoderSpec spec = config.spec();
        String head = spec.head() + WEIGHT;
        weights.replaceAll((name, weight) -> mergedWeight(changes, name, weight, name.equals(head)));
        if (config.isReward()) {
            weights.put(WeightLayout.SCORE, group(WeightLayout.SCORE));
            weights.keySet().retainAll(WeightCheck.expected(config).keySet());
        } else if (config.tied()) {
            WeightChange change = headChange(config);
            Tensor apart = change == null ? head(config) : change.merged().transpose(0, 1);
            Tensor embedding = Objects.requireNonNull(weights.get(spec.embedding() + WEIGHT));
            if (apart != embedding && !apart.sameValues(embedding)) {
                weights.put(head, apart);
                return new MergedWeights(config.untied(), weights);
            }
        }
        return new MergedWeights(config, weights);
    }

    private Tensor mergedWeight(Adaptation changes, String name, Tensor weight, boolean isHead) {
        Tensor replacement = changes.replacement(name);
        if (replacement != null) {
            return replacement;
        }
        if (!name.endsWith(WEIGHT) || weight.rank() != 2) {
            return weight;
        }
        boolean outputFirst = isHead || base.isOutputFirst(name);
        WeightChange change = changes.change(module(name), BaseWeight.whole(weight, outputFirst));
        if (change == null) {
            return weight;
        }
        return outputFirst ? change.merged().transpose(0, 1) : change.merged();
    }

    private static String module(String weight) {
        return weight.substring(0, weight.length() - WEIGHT.length());
    }
}
