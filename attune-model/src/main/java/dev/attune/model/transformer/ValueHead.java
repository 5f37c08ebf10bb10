package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A value head on another model's backbone: V(s) = w h per hidden state. Its weight starts at zero, so that its first
 * gradients do not change the backbone. Owns its weight.
 */
public final class ValueHead implements AutoCloseable {
    private static final String NAME = "value.weight";
    private final Parameters parameters;

    /** @param width of the hidden states */
    public ValueHead(int width) {
        this.parameters = Parameters.of(List.of(new WeightLayout.Group(NAME, Map.of(NAME, new long[] {1, width}))));
    }

    public Parameters parameters() {
        return parameters;
    }

    /**
     * A separate reward model with the same values: a copy of the backbone and of the head.
     */
    public RewardModel on(CausalLm backbone) {
        return RewardModel.fromBackbone(backbone, parameters.group(NAME));
    }

    /** Values {@code [...]} of hidden states {@code [..., width]}. */
    public Tensor values(Tensor hidden) {
        return Functional.linear(hidden, parameters.group(NAME), null).squeeze(-1);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
