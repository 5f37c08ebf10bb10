package dev.attune.model.transformer;

import dev.attune.model.config.Activation;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.List;

/**
 * The feed-forward block of one layer: outer(act(inner x)), or gated, outer(act(gate x) * up x) (arXiv 2002.05202).
 *
 * @param inner one projection, which holds gate and up if gated, or two, gate and up
 */
record FeedForward(Activation activation, List<Projection> inner, boolean gated, Projection outer) implements MlpBlock {
    @Override
    public Tensor apply(Tensor x) {
        Tensor first = inner.get(0).apply(x);
        if (!gated) {
            return outer.apply(activate(first));
        }
        if (inner.size() == 2) {
            return outer.apply(activate(first).times(inner.get(1).apply(x)));
        }
        long width = first.size(-1) / 2;
        List<Tensor> gateAndUp = first.split(-1, width, width);
        return outer.apply(activate(gateAndUp.get(0)).times(gateAndUp.get(1)));
    }

    private Tensor activate(Tensor x) {
        return switch (activation) {
            case SILU -> Functional.silu(x);
            case GELU -> Functional.gelu(x);
            case GELU_TANH -> Functional.geluTanh(x);
            case RELU -> Functional.relu(x);
        };
    }
}
