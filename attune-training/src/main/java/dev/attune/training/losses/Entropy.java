package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/** The entropy of the next token's distribution, H = logsumexp(z) - sum p z, in nats. */
public final class Entropy {
    private Entropy() {}

    /**
     * @param logits z, divided by the temperature, {@code [tokens, vocab]}
     * @return {@code [tokens]}
     */
    public static Tensor of(Tensor logits) {
        return logits.logSumExp(-1).minus(logits.softmax(-1).times(logits).sum(-1));
    }
}
