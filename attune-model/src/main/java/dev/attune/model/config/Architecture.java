package dev.attune.model.config;

import org.jspecify.annotations.Nullable;

/**
 * What a family determines about the computation.
 *
 * @param spec the blocks of a layer and the names of weights
 * @param attention attention of every layer
 * @param mlp feed-forward blocks
 * @param ropes rotary embeddings of every layer
 * @param factors constant factors
 * @param logitSoftcap if present, logits become {@code softcap tanh(logit / softcap)} (Gemma 2)
 */
public record Architecture(
        DecoderSpec spec,
        Attention attention,
        Mlp mlp,
        LayerRopes ropes,
        Factors factors,
        @Nullable Double logitSoftcap) {

    /** The number of layers. */
    public int layers() {
        return attention.windows().size();
    }

    public Architecture withSpec(DecoderSpec value) {
        return new Architecture(value, attention, mlp, ropes, factors, logitSoftcap);
    }

    public Architecture withAttention(Attention value) {
        return new Architecture(spec, value, mlp, ropes, factors, logitSoftcap);
    }

    public Architecture withMlp(Mlp value) {
        return new Architecture(spec, attention, value, ropes, factors, logitSoftcap);
    }

    public Architecture withRopes(LayerRopes value) {
        return new Architecture(spec, attention, mlp, value, factors, logitSoftcap);
    }

    public Architecture withFactors(Factors value) {
        return new Architecture(spec, attention, mlp, ropes, value, logitSoftcap);
    }

    public Architecture withLogitSoftcap(@Nullable Double cap) {
        return new Architecture(spec, attention, mlp, ropes, factors, cap);
    }
}
