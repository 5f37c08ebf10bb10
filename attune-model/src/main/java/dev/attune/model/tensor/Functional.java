package dev.attune.model.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The fused operations of neural networks. Pure functions; an absent optional part is null. */
public final class Functional {
    private Functional() {}

    /** x W^T + b, with x {@code [..., in]}, W {@code [out, in]}, b {@code [out]}. */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return new Tensor(
                bias == null
                        ? torch.linear(x.raw(), weight.raw())
                        : torch.linear(x.raw(), weight.raw(), new TensorOptional(bias.raw())));
    }

    /**
     * x W in float32, with x {@code [..., in]} in float32 and W {@code [in, out]} in float32 or bfloat16, computed in the
     * engine's {@link ProductPrecision}. A W in bfloat16 gives the same result as the W in float32 that it was rounded
     * from, where products round their factors.
     */
    public static Tensor product(Tensor x, Tensor weight) {
        ProductPrecision precision = Engine.productPrecision();
        if (precision == ProductPrecision.BFLOAT16_RESULTS
                || (precision == ProductPrecision.FLOAT32 && weight.dtype() == DType.BFLOAT16)) {
            return x.to(DType.BFLOAT16).matmul(weight.to(DType.BFLOAT16)).toFloat();
        }
        return x.matmul(weight.toFloat());
    }

    /**
     * x W^T with a matrix of 8-bit integers that is not widened, on the CPU and without gradients.
     *
     * @param x float32 {@code [..., in]}
     * @param numbers int8 {@code [out, in]}
     * @param scales of the outputs, float32 {@code [out]}
     */
    public static Tensor int8Product(Tensor x, Tensor numbers, Tensor scales) {
        long[] shape = x.shape();
        Tensor product = Int8Product.of(x.reshape(-1, x.size(-1)).contiguous(), numbers, scales);
        shape[shape.length - 1] = numbers.size(0);
        return product.reshape(shape);
    }

    /** x W + b in float32, like {@link #product(Tensor, Tensor)}. */
    public static Tensor product(Tensor x, Tensor weight, Tensor bias) {
        boolean fused = Engine.productPrecision() == ProductPrecision.FLOAT32 && weight.dtype() == DType.FLOAT32;
        return fused
                ? linear(x, weight.transpose(0, 1), bias)
                : product(x, weight).plus(bias);
    }

    /** x W^T in float32, whatever the engine's {@link ProductPrecision}; x {@code [rows, in]}, W {@code [out, in]}. */
    public static Tensor float32Linear(Tensor x, Tensor weight) {
        return Engine.productPrecision() == ProductPrecision.FLOAT32
                ? linear(x, weight.toFloat(), null)
                : linear(x.toDouble(), weight.toDouble(), null).toFloat();
    }

    /** b + x W, with x {@code [rows, in]}, W {@code [in, out]}, b {@code [out]}: the layout of GPT-2's Conv1D. */
    public static Tensor affine(Tensor x, Tensor weight, Tensor bias) {
        return new Tensor(torch.addmm(bias.raw(), x.raw(), weight.raw()));
    }

    /** Rows of the table {@code [vocabulary, width]} by int64 ids of any shape. */
    public static Tensor embedding(Tensor table, Tensor ids) {
        return new Tensor(torch.embedding(table.raw(), ids.raw()));
    }

    /** x / rms(x) * weight over the last dimension, epsilon inside the root. */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        return new Tensor(
                torch.rms_norm(x.raw(), weight.shape(), new TensorOptional(weight.raw()), new DoubleOptional(epsilon)));
    }

    /** (x - mean) / deviation * weight + bias over the last dimension. */
    public static Tensor layerNorm(Tensor x, Tensor weight, @Nullable Tensor bias, double epsilon) {
        return new Tensor(torch.layer_norm(
                x.raw(), weight.shape(), new TensorOptional(weight.raw()), optional(bias), epsilon, false));
    }

    /** x sigmoid(x). */
    public static Tensor silu(Tensor x) {
        return new Tensor(torch.silu(x.raw()));
    }

    /** x Phi(x), exact. */
    public static Tensor gelu(Tensor x) {
        return new Tensor(torch.gelu(x.raw()));
    }

    /** GELU through tanh, as GPT-2 and Gemma use it. */
    public static Tensor geluTanh(Tensor x) {
        return new Tensor(torch.gelu(x.raw(), "tanh"));
    }

    public static Tensor relu(Tensor x) {
        return new Tensor(torch.relu(x.raw()));
    }

    /**
     * softmax(scale Q K^T + mask) V.
     *
     * @param query {@code [batch, heads, time, width]}
     * @param key {@code [batch, kvHeads, keys, width]}, kvHeads dividing heads
     * @param value like key
     * @param mask bool (true: may attend) or additive float, broadcast to {@code [batch, heads, time, keys]}; null:
     *     none
     * @param causal without a mask: token i sees keys 0 to i
     */
    public static Tensor attention(
            Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal, double scale) {
        boolean grouped = key.size(1) != query.size(1);
        return new Tensor(torch.scaled_dot_product_attention(
                query.raw(), key.raw(), value.raw(), optional(mask), 0.0, causal, new DoubleOptional(scale), grouped));
    }

    /**
     * Attention whose products are limited before the softmax: softmax(c tanh(scale Q K^T / c) + mask) V. Shapes as in
     * {@link #attention}, with as many key heads as query heads.
     */
    public static Tensor cappedAttention(
            Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal, double scale, double cap) {
        Tensor products = query.matmul(key.transpose(2, 3)).times(scale);
        Tensor capped = products.dividedBy(cap).tanh().times(cap);
        if (causal) {
            long time = query.size(2);
            Tensor later = Tensor.arange(time)
                    .unsqueeze(0)
                    .greaterThan(Tensor.arange(time).unsqueeze(1));
            capped = capped.maskedFill(later, Double.NEGATIVE_INFINITY);
        } else if (mask != null) {
            capped = capped.plus(mask);
        }
        return capped.softmax(-1).matmul(value);
    }

    /**
     * Natural-log probability of each target, {@code [...]}, under logits {@code [..., vocab]}: log softmax at the
     * target, computed without a second copy of the log softmax.
     */
    public static Tensor logProbabilities(Tensor logits, Tensor targets) {
        Tensor flat = logits.reshape(-1, logits.size(-1));
        Tensor loss = new Tensor(torch.cross_entropy_loss(
                flat.raw(), targets.reshape(-1).raw(), new TensorOptional(), NO_REDUCTION, NO_IGNORED_TARGET, 0.0));
        return loss.negate().reshape(targets.shape());
    }

    private static final long NO_REDUCTION = 0;
    private static final long NO_IGNORED_TARGET = -100;

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.raw());
    }
}
