package dev.attune.model.transformer;

import dev.attune.model.config.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The differences between decoder families: the names of weights and the variants of blocks. Everything else is shared.
 * Names of a layer's parts follow {@code layerPrefix + index + "."}.
 *
 * @param embedding table of token embeddings
 * @param positions table of learned positions, or null with rotary ones
 * @param layerPrefix prefix of the names of a layer's weights
 * @param norm kind of normalisation
 * @param attentionNorm before attention
 * @param afterAttentionNorm on the output of attention, or null
 * @param mlpNorm before the feed-forward block
 * @param afterMlpNorm on the output of the feed-forward block, or null
 * @param finalNorm after the last layer
 * @param queryKeyValue one projection, or three that are computed as one
 * @param perHead whether the projection's rows are ordered head by head (q, k, v of head 0, then of head 1) instead of
 *     all q, all k, all v
 * @param queryNorm RMS norm over each query head, or null; {@code keyNorm} likewise
 * @param attentionOutput projection back to the residual stream
 * @param inner projections into the feed-forward block: one (if gated, it holds gate and up), or gate and up
 * @param gated whether the inner activations are act(gate) * up
 * @param outer projection out of the feed-forward block
 * @param transposed whether matrices are in the checkpoint as {@code [in, out]} (GPT-2's Conv1D) instead of {@code [out, in]}
 * @param scaledEmbedding whether embeddings are multiplied by the root of the width
 * @param head projection to the vocabulary, if it is not tied
 */
record DecoderSpec(
        String embedding,
        @Nullable String positions,
        String layerPrefix,
        Norm.Kind norm,
        String attentionNorm,
        @Nullable String afterAttentionNorm,
        String mlpNorm,
        @Nullable String afterMlpNorm,
        String finalNorm,
        List<String> queryKeyValue,
        boolean perHead,
        @Nullable String queryNorm,
        @Nullable String keyNorm,
        String attentionOutput,
        List<String> inner,
        boolean gated,
        String outer,
        boolean transposed,
        boolean scaledEmbedding,
        String head) {

    private static final DecoderSpec LLAMA = new DecoderSpec(
            "model.embed_tokens",
            null,
            "model.layers.",
            Norm.Kind.RMS,
            "input_layernorm",
            null,
            "post_attention_layernorm",
            null,
            "model.norm",
            List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
            false,
            null,
            null,
            "self_attn.o_proj",
            List.of("mlp.gate_proj", "mlp.up_proj"),
            true,
            "mlp.down_proj",
            false,
            false,
            "lm_head");

    private static final DecoderSpec QWEN3 = new DecoderSpec(
            LLAMA.embedding,
            null,
            LLAMA.layerPrefix,
            Norm.Kind.RMS,
            LLAMA.attentionNorm,
            null,
            LLAMA.mlpNorm,
            null,
            LLAMA.finalNorm,
            LLAMA.queryKeyValue,
            false,
            "self_attn.q_norm",
            "self_attn.k_norm",
            LLAMA.attentionOutput,
            LLAMA.inner,
            true,
            LLAMA.outer,
            false,
            false,
            LLAMA.head);

    private static final DecoderSpec PHI3 = new DecoderSpec(
            LLAMA.embedding,
            null,
            LLAMA.layerPrefix,
            Norm.Kind.RMS,
            LLAMA.attentionNorm,
            null,
            LLAMA.mlpNorm,
            null,
            LLAMA.finalNorm,
            List.of("self_attn.qkv_proj"),
            false,
            null,
            null,
            LLAMA.attentionOutput,
            List.of("mlp.gate_up_proj"),
            true,
            LLAMA.outer,
            false,
            false,
            LLAMA.head);

    private static final DecoderSpec GEMMA2 = new DecoderSpec(
            LLAMA.embedding,
            null,
            LLAMA.layerPrefix,
            Norm.Kind.RMS_PLUS_ONE,
            "input_layernorm",
            "post_attention_layernorm",
            "pre_feedforward_layernorm",
            "post_feedforward_layernorm",
            LLAMA.finalNorm,
            LLAMA.queryKeyValue,
            false,
            null,
            null,
            LLAMA.attentionOutput,
            LLAMA.inner,
            true,
            LLAMA.outer,
            false,
            true,
            LLAMA.head);

    private static final DecoderSpec GPT_NEOX = new DecoderSpec(
            "gpt_neox.embed_in",
            null,
            "gpt_neox.layers.",
            Norm.Kind.LAYER,
            "input_layernorm",
            null,
            "post_attention_layernorm",
            null,
            "gpt_neox.final_layer_norm",
            List.of("attention.query_key_value"),
            true,
            null,
            null,
            "attention.dense",
            List.of("mlp.dense_h_to_4h"),
            false,
            "mlp.dense_4h_to_h",
            false,
            false,
            "embed_out");

    private static final DecoderSpec GPT2 = new DecoderSpec(
            "transformer.wte",
            "transformer.wpe",
            "transformer.h.",
            Norm.Kind.LAYER,
            "ln_1",
            null,
            "ln_2",
            null,
            "transformer.ln_f",
            List.of("attn.c_attn"),
            false,
            null,
            null,
            "attn.c_proj",
            List.of("mlp.c_fc"),
            false,
            "mlp.c_proj",
            true,
            false,
            "lm_head");

    static DecoderSpec of(Family family) {
        return switch (family) {
            case LLAMA, MISTRAL, QWEN2 -> LLAMA;
            case QWEN3 -> QWEN3;
            case PHI3 -> PHI3;
            case GEMMA2 -> GEMMA2;
            case GPT_NEOX -> GPT_NEOX;
            case GPT2 -> GPT2;
        };
    }
}
