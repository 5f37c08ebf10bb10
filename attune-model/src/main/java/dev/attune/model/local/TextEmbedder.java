package dev.attune.model.local;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.util.List;

/**
 * The vector of a text: the mean of the model's hidden states at all tokens, after the final norm, scaled to length 1. A model
 * that was trained to generate gives vectors that tell topics apart, but less well than a model that was trained for it.
 */
public final class TextEmbedder {
    private final CausalLm model;

    /** @param model stays the caller's */
    public TextEmbedder(CausalLm model) {
        this.model = model;
    }

    /** The length of the vectors. */
    public int width() {
        return model.config().width();
    }

    /** @param tokens at least one */
    public float[] embed(int... tokens) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor mean = model.hidden(TokenBatch.leftPadded(List.of(tokens), 0))
                    .squeeze(0)
                    .mean(0);
            double length = mean.square().sum().sqrt().item();
            return (length == 0 ? mean : mean.dividedBy(length)).toFloats();
        }
    }
}
