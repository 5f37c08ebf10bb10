package dev.attune.model.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a decoder and the names of its weights in Hugging Face. Names of a layer's parts follow {@code
 * layerPrefix + index + "."}.
 *
 * @param embedding table of token embeddings
 * @param positions table of learned positions, or null
 * @param layerPrefix prefix of the names of a layer's weights
 * @param norm kind of all norms
 * @param norms norms of a layer
 * @param parallel whether attention and feed-forward read the same input, and both are added to it
 * @param attention attention of a layer
 * @param mlp feed-forward block of a layer
 * @param experts experts of a layer, or null
 * @param finalNorm after the last layer
 * @param head projection to the vocabulary, if it is not tied
 * @param headBias whether the projection to the vocabulary has a bias, which is never tied
 * @param transposed whether matrices are in the checkpoint as {@code [in, out]} (GPT-2's Conv1D) instead of {@code [out, in]}
 */
@RecordBuilder
public record DecoderSpec(
        String embedding,
        @Nullable String positions,
        String layerPrefix,
        NormKind norm,
        LayerNorms norms,
        boolean parallel,
        AttentionWeights attention,
        MlpWeights mlp,
        @Nullable ExpertWeights experts,
        String finalNorm,
        String head,
        boolean headBias,
        boolean transposed)
        implements DecoderSpecBuilder.With {

    /**
     * The norms of a layer.
     *
     * @param beforeAttention on the input of attention, or null
     * @param afterAttention on the output of attention, or null
     * @param beforeMlp on the input of the feed-forward block; null: none, or in a parallel layer the output of {@code
     *     beforeAttention}
     * @param afterMlp on the output of the feed-forward block, or null
     */
    public record LayerNorms(
            @Nullable String beforeAttention,
            @Nullable String afterAttention,
            @Nullable String beforeMlp,
            @Nullable String afterMlp) {}

    /**
     * The weights of attention.
     *
     * @param queryKeyValue one projection, or three that are computed as one
     * @param byHead whether the projection's rows are ordered head by head (q, k, v of head 0, then of head 1) instead of
     *     all q, all k, all v
     * @param output projection back to the residual stream
     * @param norms norms of queries and keys, or null
     */
    public record AttentionWeights(
            List<String> queryKeyValue,
            boolean byHead,
            String output,
            @Nullable QueryKeyNorms norms) {
        public AttentionWeights {
            queryKeyValue = List.copyOf(queryKeyValue);
        }

        public AttentionWeights withNorms(String query, String key, boolean wholeProjection) {
            return new AttentionWeights(queryKeyValue, byHead, output, new QueryKeyNorms(query, key, wholeProjection));
        }
    }

    /**
     * Norms of queries and keys, before rotation.
     *
     * @param wholeProjection over all heads together (OLMo 2) instead of over each head
     */
    public record QueryKeyNorms(String query, String key, boolean wholeProjection) {}

    /**
     * The weights of the feed-forward block.
     *
     * @param inner projections into the block: one (if gated, it holds gate and up), or gate and up
     * @param gated whether the inner activations are act(gate) * up
     * @param outer projection out of the block
     */
    public record MlpWeights(List<String> inner, boolean gated, String outer) {
        public MlpWeights {
            inner = List.copyOf(inner);
        }
    }

    /**
     * The weights of a mixture of experts. Those of expert i follow {@code prefix + i + "."}.
     *
     * @param router scores of the experts, {@code [experts, width]}
     * @param prefix prefix of the names of an expert's weights
     * @param gate projection into the expert, under the activation
     * @param up projection into the expert
     * @param down projection out of the expert
     */
    public record ExpertWeights(String router, String prefix, String gate, String up, String down) {}

    /** The blocks and names of Llama, which most families share. */
    public static DecoderSpec usual() {
        return new DecoderSpec(
                "model.embed_tokens",
                null,
                "model.layers.",
                NormKind.RMS,
                new LayerNorms("input_layernorm", null, "post_attention_layernorm", null),
                false,
                new AttentionWeights(
                        List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
                        false,
                        "self_attn.o_proj",
                        null),
                new MlpWeights(List.of("mlp.gate_proj", "mlp.up_proj"), true, "mlp.down_proj"),
                null,
                "model.norm",
                "lm_head",
                false,
                false);
    }

    /** Norms of this kind, in these places. */
    public DecoderSpec withNorms(NormKind kind, LayerNorms inLayer) {
        return withNorm(kind).withNorms(inLayer);
    }

    /** Another final norm and projection to the vocabulary. */
    public DecoderSpec withOutput(String norm, String projection, boolean bias) {
        return withFinalNorm(norm).withHead(projection).withHeadBias(bias);
    }
}
