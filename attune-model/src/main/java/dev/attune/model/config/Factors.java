package dev.attune.model.config;

/**
 * Constant factors in the forward pass; 1 has no effect.
 *
 * @param embedding embeddings of tokens are multiplied by it
 * @param residual outputs of attention and feed-forward are multiplied by it before they are added to the residual stream
 * @param logitDivisor logits are divided by it
 */
public record Factors(double embedding, double residual, double logitDivisor) {
    /** No factors. */
    public static final Factors NONE = new Factors(1, 1, 1);

    public Factors withEmbedding(double factor) {
        return new Factors(factor, residual, logitDivisor);
    }
}
