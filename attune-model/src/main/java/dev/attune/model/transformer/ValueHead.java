package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.Map;

/**
 * A value head on another model's backbone: V(s) = w h per hidden state. Its weight starts at zero, so that its first
 * gradients do not change the backbone. Owns its weight.
 */
public final class ValueHead implements AutoCloseable {
    private static final String NAME = "value.weight";
    private final ParameterSet parameters;
    private final Replicas<ValueHead> replicas = new Replicas<>();

    private ValueHead(ParameterSet parameters) {
        this.parameters = parameters;
    }

    /** @param width of the hidden states */
    public ValueHead(int width) {
        this.parameters = ParameterSet.of(Map.of(NAME, new long[] {1, width}));
    }

    public ParameterSet parameters() {
        return parameters;
    }

    /**
     * The model for one of several threads that run backward passes at once: this one for worker 0, otherwise a replica
     * with the same weights and its own gradients, which the optimizer adds to this model's. Closed with this.
     */
    public ValueHead onWorker(int worker) {
        return replicas.get(worker, this, () -> new ValueHead(parameters.replica()));
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
