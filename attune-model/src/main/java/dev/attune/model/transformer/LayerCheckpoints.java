package dev.attune.model.transformer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Activation checkpointing: layers are computed without gradients and only their inputs are kept; when the backward pass
 * arrives at the last output, each layer, from the last to the first, is computed again with gradients and passed
 * backward. So the memory of a training pass is that of one layer beside the inputs, at the price of a second forward
 * pass. Losses and gradients are the same bit for bit, because a layer is computed the same way twice.
 */
final class LayerCheckpoints {
    private final List<DecoderLayer> layers;
    private final Attend attend;
    private final Adaptation.Pass pass;
    private final Tensor embedded;
    private final List<Tensor> inputs = new ArrayList<>();

    /** The attention of a layer over the batch. */
    interface Attend {
        Tensor apply(DecoderLayer layer, Tensor normed);
    }

    private LayerCheckpoints(List<DecoderLayer> layers, Tensor embedded, Attend attend, Adaptation.Pass pass) {
        this.layers = layers;
        this.embedded = embedded;
        this.attend = attend;
        this.pass = pass;
    }

    /**
     * The output of the last layer, {@code [batch, time, width]}, whose backward pass computes the layers again.
     *
     * @param embedded input of the first layer, {@code [batch, time, width]}
     * @param pass that is open; it is opened again for the second computation
     */
    static Tensor through(List<DecoderLayer> layers, Tensor embedded, Attend attend, Adaptation.Pass pass) {
        LayerCheckpoints checkpoints = new LayerCheckpoints(layers, embedded, attend, pass);
        Tensor output = checkpoints.forward().requireGrad(true);
        output.onGradient(checkpoints::backward);
        return output;
    }

    private Tensor forward() {
        try (NoGrad off = NoGrad.on()) {
            Tensor x = embedded.detach();
            for (DecoderLayer layer : layers) {
                inputs.add(x);
                try (Scope scope = Scope.open()) {
                    x = scope.lift(apply(layer, x));
                }
            }
            return x;
        }
    }

    private Tensor apply(DecoderLayer layer, Tensor x) {
        return layer.apply(x, y -> attend.apply(layer, y));
    }

    /** Passes the gradient by the last output backward through all layers. */
    private void backward(Tensor outputGradient) {
        try (NoGrad lifted = NoGrad.lifted();
                Adaptation.Pass again = pass.again();
                Scope scope = Scope.open()) {
            Tensor gradient = outputGradient;
            for (int i = layers.size() - 1; i >= 0; i--) {
                gradient = backward(layers.get(i), inputs.get(i), gradient);
            }
            if (embedded.requiresGrad()) {
                embedded.backward(gradient);
            }
        }
    }

    private Tensor backward(DecoderLayer layer, Tensor input, Tensor gradient) {
        try (Scope scope = Scope.open()) {
            Tensor leaf = input.detach().requireGrad(true);
            apply(layer, leaf).backward(gradient);
            return scope.lift(required(leaf.grad()));
        }
    }

    private static Tensor required(@Nullable Tensor gradient) {
        if (gradient == null) {
            throw new IllegalStateException("a layer without a gradient by its input");
        }
        return gradient;
    }
}
