package dev.attune.model.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The activation function of the feed-forward block. */
public enum Activation {
    /** {@code x Phi(x)}, with the exact normal distribution function. */
    GELU,
    /** {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}. */
    GELU_TANH,
    /** {@code x sigmoid(x)}. */
    SILU,
    /** {@code max(x, 0)}. */
    RELU;

    private static final Map<String, Activation> BY_NAME = Map.of(
            "gelu", GELU,
            "gelu_python", GELU,
            "gelu_new", GELU_TANH,
            "gelu_fast", GELU_TANH,
            "gelu_pytorch_tanh", GELU_TANH,
            "gelu_python_tanh", GELU_TANH,
            "silu", SILU,
            "swish", SILU,
            "relu", RELU);

    /** The function with this name in config.json, or null if Attune does not support it. */
    static @Nullable Activation named(String name) {
        return BY_NAME.get(name);
    }
}
