package dev.attune.model.config;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The keys of config.json that Attune reads, and those that do not change what a model computes. */
final class KnownKeys {
    /** Read for every family. */
    private static final Set<String> READ = Set.of(
            "model_type",
            "architectures",
            "vocab_size",
            "bos_token_id",
            "eos_token_id",
            "pad_token_id",
            "tie_word_embeddings",
            "id2label",
            "num_labels",
            "reward_bias",
            "reward_pooling",
            "is_encoder_decoder",
            "quantization_config",
            "head_dim");

    private static final Set<String> READ_BUT_GPT2 = Set.of(
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "hidden_act",
            "max_position_embeddings",
            "original_max_position_embeddings",
            "rope_theta",
            "rope_scaling",
            "rope_parameters",
            "partial_rotary_factor");

    private static final Map<Family, Set<String>> READ_BY_FAMILY = Map.of(
            Family.GPT2,
            Set.of(
                    "n_embd",
                    "n_head",
                    "n_layer",
                    "n_inner",
                    "n_positions",
                    "activation_function",
                    "layer_norm_epsilon",
                    "scale_attn_weights",
                    "scale_attn_by_inverse_layer_idx",
                    "add_cross_attention"),
            Family.GPT_NEOX,
            Set.of("layer_norm_eps", "use_parallel_residual", "attention_bias", "rotary_pct", "rotary_emb_base"),
            Family.LLAMA,
            Set.of("num_key_value_heads", "rms_norm_eps", "attention_bias", "mlp_bias"),
            Family.MISTRAL,
            Set.of("num_key_value_heads", "rms_norm_eps", "sliding_window", "layer_types"),
            Family.QWEN2,
            Set.of(
                    "num_key_value_heads",
                    "rms_norm_eps",
                    "sliding_window",
                    "use_sliding_window",
                    "max_window_layers",
                    "layer_types"),
            Family.QWEN3,
            Set.of(
                    "num_key_value_heads",
                    "rms_norm_eps",
                    "attention_bias",
                    "sliding_window",
                    "use_sliding_window",
                    "max_window_layers",
                    "layer_types"),
            Family.GEMMA2,
            Set.of(
                    "num_key_value_heads",
                    "rms_norm_eps",
                    "attention_bias",
                    "sliding_window",
                    "layer_types",
                    "hidden_activation",
                    "query_pre_attn_scalar",
                    "attn_logit_softcapping",
                    "final_logit_softcapping",
                    "use_bidirectional_attention"),
            Family.PHI3,
            Set.of("num_key_value_heads", "rms_norm_eps", "sliding_window", "interpolate_factor", "full_attn_mod"));

    /** Bookkeeping, initialisation, dropout (Attune trains without it) and defaults for generation. */
    private static final Set<String> HARMLESS = Set.of(
            "transformers_version",
            "torch_dtype",
            "dtype",
            "_name_or_path",
            "name_or_path",
            "_commit_hash",
            "auto_map",
            "use_cache",
            "cache_implementation",
            "_attn_implementation",
            "attn_implementation",
            "_attn_implementation_autoset",
            "output_attentions",
            "output_hidden_states",
            "return_dict",
            "torchscript",
            "initializer_range",
            "label2id",
            "problem_type",
            "task_specific_params",
            "tokenizer_class",
            "model_max_length",
            "gradient_checkpointing",
            "pretraining_tp",
            "unk_token_id",
            "sep_token_id",
            "is_decoder",
            "unsloth_version",
            "unsloth_fixed",
            "attention_dropout",
            "hidden_dropout",
            "classifier_dropout",
            "attn_pdrop",
            "embd_pdrop",
            "resid_pdrop",
            "n_ctx",
            "predict_special_tokens",
            "reorder_and_upcast_attn",
            "summary_activation",
            "summary_first_dropout",
            "summary_proj_to_labels",
            "summary_type",
            "summary_use_proj",
            "do_sample",
            "max_length",
            "min_length",
            "max_new_tokens",
            "temperature",
            "top_k",
            "top_p",
            "typical_p",
            "repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "num_beams",
            "num_beam_groups",
            "num_return_sequences",
            "diversity_penalty",
            "early_stopping",
            "encoder_no_repeat_ngram_size",
            "remove_invalid_values",
            "output_scores",
            "return_dict_in_generate",
            "chunk_size_feed_forward",
            "_num_labels",
            "output_past",
            "max_sequence_length",
            "is_llama_config",
            "transformers.js_config");

    private KnownKeys() {}

    /** Whether Attune knows the effect of a key in a config of this family. */
    static boolean understood(Family family, String key, JsonNode value) {
        return READ.contains(key)
                || (family != Family.GPT2 && READ_BUT_GPT2.contains(key))
                || READ_BY_FAMILY.getOrDefault(family, Set.of()).contains(key)
                || HARMLESS.contains(key)
                || saysNothing(value);
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.asBoolean()) || (value.isContainer() && value.isEmpty());
    }
}
