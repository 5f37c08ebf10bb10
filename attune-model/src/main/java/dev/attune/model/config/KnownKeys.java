package dev.attune.model.config;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The keys of config.json that Attune reads for every family, and those that do not change what a model computes. */
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
            "reward_step_mark",
            "reward_step_aggregation",
            "is_encoder_decoder",
            "quantization_config",
            "head_dim");

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
    static boolean understood(FamilyKeys family, String key, JsonNode value) {
        return READ.contains(key) || family.contains(key) || HARMLESS.contains(key) || saysNothing(value);
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.asBoolean()) || (value.isContainer() && value.isEmpty());
    }
}
