package dev.attune.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attention of every layer.
 *
 * @param heads number of query heads
 * @param kvHeads number of key and value heads; divides {@code heads}
 * @param headDim width of one head
 * @param qkvBias whether the query, key and value projections have biases
 * @param outputBias whether the output projection has a bias
 * @param scale factor on the products of queries and keys, before {@link #scaleByLayer}
 * @param scaleByLayer whether layer i also divides its products by i + 1 (GPT-2)
 * @param softcap if present, the products become {@code softcap tanh(product / softcap)} (Gemma 2)
 * @param windows one entry per layer: how many positions a token attends to, itself included; 0 for all earlier ones
 */
public record Attention(
        int heads,
        int kvHeads,
        int headDim,
        boolean qkvBias,
        boolean outputBias,
        double scale,
        boolean scaleByLayer,
        @Nullable Double softcap,
        List<Integer> windows) {
    public Attention {
        windows = List.copyOf(windows);
    }

    /** Biases of the query, key and value projections, and of the output projection. */
    public Attention withBias(boolean qkv, boolean output) {
        return new Attention(heads, kvHeads, headDim, qkv, output, scale, scaleByLayer, softcap, windows);
    }

    public Attention withScale(double factor) {
        return new Attention(heads, kvHeads, headDim, qkvBias, outputBias, factor, scaleByLayer, softcap, windows);
    }

    public Attention withScaleByLayer(boolean value) {
        return new Attention(heads, kvHeads, headDim, qkvBias, outputBias, scale, value, softcap, windows);
    }

    public Attention withSoftcap(@Nullable Double cap) {
        return new Attention(heads, kvHeads, headDim, qkvBias, outputBias, scale, scaleByLayer, cap, windows);
    }

    public Attention withWindows(List<Integer> byLayer) {
        return new Attention(heads, kvHeads, headDim, qkvBias, outputBias, scale, scaleByLayer, softcap, byLayer);
    }

    /** The factor on the products of queries and keys in layer {@code layer} (from 0). */
    public double scale(int layer) {
        return scaleByLayer ? scale / (layer + 1) : scale;
    }

    /** How many positions a token attends to in layer {@code layer}, itself included; 0 for all earlier ones. */
    public int window(int layer) {
        return windows.get(layer);
    }
}
