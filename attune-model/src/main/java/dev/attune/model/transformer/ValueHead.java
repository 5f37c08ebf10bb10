package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A number per hidden state, read off another model's backbone: V(s) = w h. Starts at zero, so that its first gradients leave
 * the backbone alone. Owns its weight.
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

    /** A reward model of its own that reads the same values: copies of the backbone that the head reads, and of the head. */
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
