package dev.attune.model.transformer;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A frozen model whose weights adapted models share. Does not own them.
 *
 * @param config of the adapted models: that of the base, or one with a score instead of a vocabulary
 * @param weights of the base
 */
public record BaseModel(ModelConfig config, ParameterSet weights) {
    private static final String WEIGHT = ".weight";

    /** The same layers with a score head, which the adaptation must bring if the base has none. */
    public BaseModel asReward(RewardModel.Shape shape) {
        Integer pad = config.tokens().pad();
        return new BaseModel(
                config.withLayers(shape.layers())
                        .asReward(pad == null ? 0 : pad, 0)
                        .withPooling(shape.pooling()),
                weights);
    }

    /** All layers with a score head that is read at the last token. */
    public BaseModel asReward() {
        return asReward(new RewardModel.Shape(config.layers(), RewardPooling.LAST));
    }

    /** The names of the weights that a model of this configuration computes with, a tied output projection included. */
    public Set<String> weightNames() {
        Set<String> names = new LinkedHashSet<>(WeightCheck.expected(config).keySet());
        if (!config.isReward()) {
            names.add(headName());
        }
        return names;
    }

    /**
     * A weight of the base in its own type, shaped as in the checkpoint; that of the embedding for a tied output
     * projection. Null for the score head of a base that has none.
     */
    public @Nullable Tensor weight(String name) {
        Map<String, Tensor> all = weights.byName();
        Tensor own = all.get(name);
        return own == null && name.equals(headName()) ? all.get(embeddingName()) : own;
    }

    /**
     * The weight of a linear map or embedding of the base.
     *
     * @throws IllegalArgumentException if the base has none of this name
     */
    public BaseWeight weightOf(LinearModule module) {
        Tensor stored = weight(module.name() + WEIGHT);
        if (stored == null) {
            throw new IllegalArgumentException("the base has no weight " + module.name() + WEIGHT);
        }
        return BaseWeight.whole(stored, !module.inputFirst());
    }

    private String headName() {
        return config.spec().head() + WEIGHT;
    }

    private String embeddingName() {
        return config.spec().embedding() + WEIGHT;
    }
}
