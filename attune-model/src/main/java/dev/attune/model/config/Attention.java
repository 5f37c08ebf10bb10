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
 * @param scale what the products of queries and keys are multiplied by, before {@link #scaleByLayer}
 * @param scaleByLayer whether layer i divides its products by i + 1 besides (gpt2)
 * @param softcap where present, the products become {@code softcap tanh(product / softcap)} (gemma2)
 * @param windows one entry a layer: how many positions a token sees, itself included; 0 for all earlier ones
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

    /** What layer {@code layer} (from 0) multiplies the products of queries and keys by. */
    public double scale(int layer) {
        return scaleByLayer ? scale / (layer + 1) : scale;
    }

    /** How many positions a token of layer {@code layer} sees, itself included; 0 for all earlier ones. */
    public int window(int layer) {
        return windows.get(layer);
    }
}
