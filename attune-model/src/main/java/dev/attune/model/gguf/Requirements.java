package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.Activation;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RopeScaling;

/**
 * Properties of a model that GGUF has no key for, so that readers assume one value. A model with another value is
 * refused: the file would mean another model.
 */
final class Requirements {
    private Requirements() {}

    /** The activation function is fixed by the architecture. */
    static void activation(ModelConfig config, Activation only) {
        if (config.mlp().activation() != only) {
            throw refusal(
                    "the activation function",
                    config.mlp().activation().toString(),
                    only + ", which readers of this architecture use",
                    "use the Hugging Face directory");
        }
    }

    /** Attention without a window: every layer sees the whole context. */
    static void noWindow(ModelConfig config) {
        for (int layer = 0; layer < config.layers(); layer++) {
            int window = config.attention().window(layer);
            if (window > 0 && window < config.maxPositions()) {
                throw refusal(
                        "sliding_window",
                        window + " in a context of " + config.maxPositions(),
                        "none, because readers of this architecture attend to the whole context",
                        "set max_position_embeddings to " + window
                                + " to write a model for contexts in which the window has no effect");
            }
        }
    }

    /** All dimensions of a head are rotated. */
    static void wholeRotation(ModelConfig config) {
        if (config.rope() == null
                || config.rope().rotaryDim() != config.attention().headDim()) {
            throw refusal(
                    "partial_rotary_factor",
                    "a part of the head",
                    "rotation of the whole head",
                    "use the Hugging Face directory");
        }
    }

    /** No biases in attention. */
    static void noAttentionBias(ModelConfig config) {
        if (config.attention().qkvBias() || config.attention().outputBias()) {
            throw refusal(
                    "attention_bias",
                    "true",
                    "false, because readers of this architecture have no such tensors",
                    "use the Hugging Face directory");
        }
    }

    /** Only readers of Llama use the divisors by which llama3 scaling is stored. */
    static void noLlama3(ModelConfig config) {
        if (config.rope() != null && config.rope().scaling() instanceof RopeScaling.Llama3) {
            throw refusal(
                    "rope_scaling",
                    "the scaling llama3",
                    "none, linear or yarn, because readers of this architecture have no tensor for it",
                    "use the Hugging Face directory");
        }
    }

    /** Heads that divide the width among them, because readers of this architecture do not read another length. */
    static void usualHeads(ModelConfig config) {
        int heads = config.attention().heads();
        if (heads * config.attention().headDim() != config.width()) {
            throw refusal(
                    "head_dim",
                    "" + config.attention().headDim(),
                    "the width " + config.width() + " divided by the " + heads + " heads",
                    "use the Hugging Face directory");
        }
    }

    /** Experts in every layer, whose chosen probabilities are divided by their sum. */
    static void expertsEverywhere(Experts experts) {
        if (experts.layers().contains(false) || !experts.normalized()) {
            throw refusal(
                    experts.normalized() ? "mlp_only_layers" : "norm_topk_prob",
                    experts.normalized() ? "layers without experts" : "false",
                    "experts in every layer, and true",
                    "use the Hugging Face directory");
        }
    }

    /** The output projection is the embedding. */
    static void tied(ModelConfig config) {
        if (!config.tied()) {
            throw refusal(
                    "tie_word_embeddings",
                    "an output projection of its own",
                    "the embedding, which readers of this architecture use",
                    "use the Hugging Face directory");
        }
    }

    static BadInputException refusal(String key, String found, String expected, String remedy) {
        return BadInputException.at("GGUF cannot express config.json, key " + key, found, expected, remedy);
    }
}
