package dev.attune.model.transformer;

import dev.attune.model.config.Activation;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import java.util.List;

/** The feed-forward block of one layer: outer(act(inner x)), or gated, outer(act(gate x) * up x) (arXiv 2002.05202). */
record FeedForward(Activation activation, boolean gated, Projection inner, Projection outer) {
    Tensor apply(Tensor x) {
        Tensor hidden = inner.apply(x);
        if (!gated) {
            return outer.apply(activate(hidden));
        }
        long width = hidden.size(-1) / 2;
        List<Tensor> gateAndUp = hidden.split(-1, width, width);
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
