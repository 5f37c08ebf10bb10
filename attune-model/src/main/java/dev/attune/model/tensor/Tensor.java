package dev.attune.model.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A dense array of numbers with a shape, with recorded gradients if {@link #requiresGrad()}. Operations broadcast as in
 * PyTorch, negative dimensions count from the end, and every operation returns a new tensor that belongs to the
 * innermost open {@link Scope}; methods whose name ends in {@code InPlace} change this one. Not thread-safe.
 *
 * <p>Longer than other classes because it holds all tensor operations; each method is one line.
 */
public final class Tensor implements AutoCloseable {
    private final org.bytedeco.pytorch.Tensor raw;

    /** Wraps a tensor of libtorch. The wrapper shares its lifetime. */
    public Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    /** The wrapped tensor of libtorch, for code that needs an operation that this class lacks. */
    public org.bytedeco.pytorch.Tensor raw() {
        return raw;
    }

    // ---- creation ----

    /** A float32 tensor with a copy of the data, in row-major order. */
    public static Tensor of(float[] data, long... shape) {
        Tensor host = host(DType.FLOAT32, data.length, shape);
        host.raw.data_ptr_float().put(data, 0, data.length);
        return host.to(Engine.device());
    }

    /** A float64 tensor with a copy of the data, in row-major order. */
    public static Tensor of(double[] data, long... shape) {
        Tensor host = host(DType.FLOAT64, data.length, shape);
        host.raw.data_ptr_double().put(data, 0, data.length);
        return host.to(Engine.device());
    }

    /** An int64 tensor with a copy of the data, in row-major order. */
    public static Tensor of(long[] data, long... shape) {
        Tensor host = host(DType.INT64, data.length, shape);
        host.raw.data_ptr_long().put(data, 0, data.length);
        return host.to(Engine.device());
    }

    /** An int64 tensor with a copy of the data, in row-major order. */
    public static Tensor of(int[] data, long... shape) {
        return of(Arrays.stream(data).asLongStream().toArray(), shape);
    }

    private static Tensor host(DType type, long length, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (elements != length) {
            throw new IllegalArgumentException(length + " values do not fill the shape " + Arrays.toString(shape));
        }
        return empty(type, Device.CPU, shape);
    }

    /** A float32 tensor of rank 0. */
    public static Tensor scalar(double value) {
        return full(value);
    }

    /** A tensor whose contents are undefined until written. */
    public static Tensor empty(DType type, Device device, long... shape) {
        Engine.init();
        return new Tensor(torch.empty(shape, options(type, device), new MemoryFormatOptional()));
    }

    public static Tensor zeros(long... shape) {
        return zeros(DType.FLOAT32, shape);
    }

    public static Tensor zeros(DType type, long... shape) {
        Engine.init();
        return new Tensor(torch.zeros(shape, options(type, Engine.device())));
    }

    public static Tensor ones(long... shape) {
        return full(1, shape);
    }

    /** A float32 tensor with one value everywhere. */
    public static Tensor full(double value, long... shape) {
        return full(DType.FLOAT32, value, shape);
    }

    public static Tensor full(DType type, double value, long... shape) {
        Engine.init();
        return new Tensor(torch.full(shape, number(value), options(type, Engine.device())));
    }

    /** 0, 1, ..., n - 1 as int64. */
    public static Tensor arange(long n) {
        Engine.init();
        return new Tensor(torch.arange(new Scalar(n), options(DType.INT64, Engine.device())));
    }

    /** base^exponent for every exponent, in the exponents' type. */
    public static Tensor powers(double base, Tensor exponents) {
        return new Tensor(torch.pow(new Scalar(base), exponents.raw));
    }

    /** Joins along an existing dimension. */
    public static Tensor cat(List<Tensor> parts, int dim) {
        return new Tensor(torch.cat(vector(parts), dim));
    }

    /** Joins along a new dimension. */
    public static Tensor stack(List<Tensor> parts, int dim) {
        return new Tensor(torch.stack(vector(parts), dim));
    }

    // ---- arithmetic ----

    public Tensor plus(Tensor other) {
        return new Tensor(raw.add(other.raw));
    }

    public Tensor plus(double value) {
        return new Tensor(raw.add(number(value)));
    }

    public Tensor minus(Tensor other) {
        return new Tensor(raw.sub(other.raw));
    }

    public Tensor minus(double value) {
        return new Tensor(raw.sub(number(value)));
    }

    public Tensor times(Tensor other) {
        return new Tensor(raw.mul(other.raw));
    }

    public Tensor times(double value) {
        return new Tensor(raw.mul(number(value)));
    }

    public Tensor dividedBy(Tensor other) {
        return new Tensor(raw.div(other.raw));
    }

    public Tensor dividedBy(double value) {
        return new Tensor(raw.div(number(value)));
    }

    /** this + first * second. */
    public Tensor plusProduct(Tensor first, Tensor second) {
        return new Tensor(torch.addcmul(raw, first.raw, second.raw));
    }

    public Tensor negate() {
        return new Tensor(raw.neg());
    }

    public Tensor exp() {
        return new Tensor(raw.exp());
    }

    public Tensor log() {
        return new Tensor(raw.log());
    }

    public Tensor sqrt() {
        return new Tensor(raw.sqrt());
    }

    /** Each element rounded to the nearest integer, halves to the even one. */
    public Tensor round() {
        return new Tensor(raw.round());
    }

    public Tensor square() {
        return new Tensor(raw.square());
    }

    public Tensor abs() {
        return new Tensor(raw.abs());
    }

    public Tensor pow(double exponent) {
        return new Tensor(raw.pow(number(exponent)));
    }

    public Tensor cos() {
        return new Tensor(raw.cos());
    }

    public Tensor sin() {
        return new Tensor(raw.sin());
    }

    /** Limits every element to [low, high]; an infinite bound is no bound. The gradient is 0 outside. */
    public Tensor clamp(double low, double high) {
        return new Tensor(torch.clamp(raw, bound(low), bound(high)));
    }

    public Tensor minimum(Tensor other) {
        return new Tensor(raw.minimum(other.raw));
    }

    public Tensor maximum(Tensor other) {
        return new Tensor(raw.maximum(other.raw));
    }

    /** Matrix product over the last two dimensions, broadcast over the others. */
    public Tensor matmul(Tensor other) {
        return new Tensor(raw.matmul(other.raw));
    }

    // ---- shape ----

    public Tensor transpose(int first, int second) {
        return new Tensor(raw.transpose(first, second));
    }

    public Tensor permute(long... dims) {
        return new Tensor(raw.permute(dims));
    }

    /** A view if possible; one dimension may be -1. */
    public Tensor reshape(long... shape) {
        return new Tensor(raw.reshape(shape));
    }

    /** A view of {@code length} entries of a dimension from {@code start} on. */
    public Tensor narrow(int dim, long start, long length) {
        return new Tensor(raw.narrow(dim, start, length));
    }

    /** A view of one entry of a dimension, which is removed. */
    public Tensor select(int dim, long index) {
        return new Tensor(raw.select(dim, index));
    }

    /**
     * A view of the storage with any shape and strides.
     *
     * @param offset of the first element in the storage, in elements
     */
    public Tensor strided(long[] shape, long[] strides, long offset) {
        return new Tensor(raw.as_strided(shape, strides, new LongOptional(offset)));
    }

    public Tensor unsqueeze(int dim) {
        return new Tensor(raw.unsqueeze(dim));
    }

    public Tensor squeeze(int dim) {
        return new Tensor(raw.squeeze(dim));
    }

    /** A view repeated along dimensions of size 1; -1 keeps a dimension. */
    public Tensor expand(long... shape) {
        return new Tensor(raw.expand(shape));
    }

    /** Consecutive parts of a dimension with these sizes, as views. */
    public List<Tensor> split(int dim, long... sizes) {
        TensorVector parts = torch.split_with_sizes(raw, sizes, dim);
        var result = new ArrayList<Tensor>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            result.add(copyOf(parts.get(i)));
        }
        return result;
    }

    /** Shifts along a dimension; elements that leave at the end enter at the start. */
    public Tensor roll(long shift, int dim) {
        return new Tensor(torch.roll(raw, new long[] {shift}, dim));
    }

    public Tensor flip(long... dims) {
        return new Tensor(raw.flip(dims));
    }

    public Tensor contiguous() {
        return new Tensor(raw.contiguous());
    }

    /** A copy with its own storage. */
    public Tensor copy() {
        return new Tensor(raw.clone());
    }

    // ---- reduction ----

    public Tensor sum() {
        return new Tensor(raw.sum());
    }

    public Tensor sum(int dim) {
        return new Tensor(raw.sum(dim));
    }

    public Tensor mean() {
        return new Tensor(raw.mean());
    }

    public Tensor mean(int dim) {
        return new Tensor(raw.mean(dim));
    }

    public Tensor max() {
        return new Tensor(raw.max());
    }

    /** The largest values along a dimension, which is removed. */
    public Tensor max(int dim) {
        return new Tensor(torch.amax(raw, new long[] {dim}, false));
    }

    /** The index of the largest value along a dimension, which is removed; int64. */
    public Tensor argmax(int dim) {
        return new Tensor(raw.argmax(new LongOptional(dim), false));
    }

    /** Running sums along a dimension. */
    public Tensor cumsum(int dim) {
        return new Tensor(raw.cumsum(dim));
    }

    public Tensor softmax(int dim) {
        return new Tensor(raw.softmax(dim));
    }

    public Tensor logSoftmax(int dim) {
        return new Tensor(raw.log_softmax(dim));
    }

    /** log of the sum of exponentials along a dimension, which is removed. */
    public Tensor logSumExp(int dim) {
        return new Tensor(torch.logsumexp(raw, dim));
    }

    /** Sorts along a dimension, largest or smallest first; returns values and original indices. */
    public Sorted sort(int dim, boolean descending) {
        return Sorted.of(raw.sort(dim, descending));
    }

    /** The k largest along a dimension, largest first. */
    public Sorted topK(int k, int dim) {
        return Sorted.of(raw.topk(k, dim, true, true));
    }

    /** Sorted values with their original indices, int64. */
    public record Sorted(Tensor values, Tensor indices) {
        private static Sorted of(T_TensorTensor_T pair) {
            return new Sorted(copyOf(pair.get0()), copyOf(pair.get1()));
        }
    }

    // ---- elementwise functions of the literature ----

    public Tensor sigmoid() {
        return new Tensor(raw.sigmoid());
    }

    /** log sigmoid(x), without overflow. */
    public Tensor logSigmoid() {
        return new Tensor(torch.log_sigmoid(raw));
    }

    /** log(1 + exp(x)), without overflow. */
    public Tensor softplus() {
        return new Tensor(torch.softplus(raw));
    }

    public Tensor tanh() {
        return new Tensor(raw.tanh());
    }

    // ---- indexing ----

    /** Picks along a dimension by an int64 index of the same rank. */
    public Tensor gather(int dim, Tensor index) {
        return new Tensor(raw.gather(dim, index.raw));
    }

    /** Entries of a dimension, by a flat int64 index. */
    public Tensor indexSelect(int dim, Tensor index) {
        return new Tensor(raw.index_select(dim, index.raw));
    }

    /** This with {@code source} written at {@code index} along a dimension. */
    public Tensor scatter(int dim, Tensor index, Tensor source) {
        return new Tensor(raw.scatter(dim, index.raw, source.raw));
    }

    /** {@code value} where the mask is true, this elsewhere. */
    public Tensor maskedFill(Tensor mask, double value) {
        return new Tensor(raw.masked_fill(mask.raw, number(value)));
    }

    /** This where the condition is true, {@code other} elsewhere. */
    public Tensor where(Tensor condition, Tensor other) {
        return new Tensor(torch.where(condition.raw, raw, other.raw));
    }

    public Tensor equalTo(Tensor other) {
        return new Tensor(raw.eq(other.raw));
    }

    public Tensor equalTo(double value) {
        return new Tensor(raw.eq(number(value)));
    }

    public Tensor greaterThan(Tensor other) {
        return new Tensor(raw.gt(other.raw));
    }

    public Tensor greaterThan(double value) {
        return new Tensor(raw.gt(number(value)));
    }

    public Tensor lessThan(Tensor other) {
        return new Tensor(raw.lt(other.raw));
    }

    public Tensor lessThan(double value) {
        return new Tensor(raw.lt(number(value)));
    }

    public Tensor atMost(Tensor other) {
        return new Tensor(raw.le(other.raw));
    }

    public Tensor and(Tensor other) {
        return new Tensor(raw.logical_and(other.raw));
    }

    public Tensor or(Tensor other) {
        return new Tensor(raw.logical_or(other.raw));
    }

    public Tensor not() {
        return new Tensor(raw.logical_not());
    }

    /** Whether every element is neither infinite nor NaN. */
    public boolean isFinite() {
        return raw.isfinite().all().item_bool();
    }

    /** Whether the other tensor has the same shape and equal elements; NaN is not equal to NaN. */
    public boolean sameValues(Tensor other) {
        return raw.equal(other.raw);
    }

    // ---- type and device ----

    public Tensor to(DType type) {
        return type == dtype() ? this : new Tensor(raw.to(type.scalarType()));
    }

    public Tensor to(Device device) {
        return device.equals(device()) ? this : new Tensor(raw.to(device.raw(), dtype().scalarType()));
    }

    public Tensor toFloat() {
        return to(DType.FLOAT32);
    }

    public Tensor toDouble() {
        return to(DType.FLOAT64);
    }

    public Tensor toLong() {
        return to(DType.INT64);
    }

    public Tensor toBool() {
        return to(DType.BOOL);
    }

    public DType dtype() {
        return DType.of(raw.scalar_type());
    }

    public Device device() {
        return raw.is_cpu()
                ? Device.CPU
                : new Device(Device.Kind.CUDA, raw.device().index());
    }

    // ---- gradients ----

    /** The same values, detached from the gradient graph. */
    public Tensor detach() {
        return new Tensor(raw.detach());
    }

    public boolean requiresGrad() {
        return raw.requires_grad();
    }

    /** Marks a leaf for gradients; returns this. */
    public Tensor requireGrad(boolean required) {
        raw.set_requires_grad(required);
        return this;
    }

    /** Adds the gradient of this rank-0 tensor to {@link #grad()} of every leaf it came from. */
    public void backward() {
        JvmExit.backward(raw::backward);
    }

    /** Passes a gradient by this tensor, of its shape, backward: like {@link #backward()} of the sum of their product. */
    public void backward(Tensor gradient) {
        JvmExit.backward(() -> raw.backward(gradient.raw, new BoolOptional(), false, new TensorArrayRefOptional()));
    }

    /** Receives a gradient during a backward pass. */
    public interface GradientListener {
        /** @param gradient by the tensor, of its shape */
        void arrived(Tensor gradient);
    }

    /**
     * Calls a listener when a backward pass has computed the gradient by this tensor. The call belongs to the open scope,
     * which has to be open at the backward pass too.
     */
    public void onGradient(GradientListener listener) {
        raw.register_hook(new VoidTensorHook() {
            @Override
            public void call(TensorBase gradient) {
                listener.arrived(new Tensor(new org.bytedeco.pytorch.Tensor(gradient)));
            }
        });
    }

    /** The gradient accumulated so far, or null. Changes with the next {@link #backward()}. */
    public @Nullable Tensor grad() {
        org.bytedeco.pytorch.Tensor grad = raw.grad();
        return grad.defined() ? copyOf(grad) : null;
    }

    /** Makes {@code grad} the tensor in which gradients are accumulated, in place. */
    public void accumulateGradInto(Tensor grad) {
        raw.mutable_grad().put(grad.raw);
    }

    // ---- in place ----

    public Tensor zeroInPlace() {
        raw.zero_();
        return this;
    }

    public Tensor fillInPlace(double value) {
        raw.fill_(number(value));
        return this;
    }

    /** Overwrites the elements with those of a tensor of the same (or a broadcastable) shape; converts the type. */
    public Tensor copyInPlace(Tensor source) {
        raw.copy_(source.raw);
        return this;
    }

    /** this += factor * other. */
    public Tensor plusInPlace(Tensor other, double factor) {
        raw.add_(other.raw, number(factor));
        return this;
    }

    public Tensor timesInPlace(double factor) {
        raw.mul_(number(factor));
        return this;
    }

    /** this += factor * first * second. */
    public Tensor plusProductInPlace(Tensor first, Tensor second, double factor) {
        raw.addcmul_(first.raw, second.raw, number(factor));
        return this;
    }

    /** this += factor * numerator / denominator. */
    public Tensor plusQuotientInPlace(Tensor numerator, Tensor denominator, double factor) {
        raw.addcdiv_(numerator.raw, denominator.raw, number(factor));
        return this;
    }

    /** this += weight * (end - this). */
    public Tensor lerpInPlace(Tensor end, double weight) {
        raw.lerp_(end.raw, new Scalar(weight));
        return this;
    }

    // ---- reading ----

    /** The only element. */
    public double item() {
        return raw.item_double();
    }

    /** All elements in row-major order, converted to float. */
    public float[] toFloats() {
        var source = detach().to(Device.CPU).toFloat().contiguous();
        var data = new float[Math.toIntExact(source.count())];
        source.raw.data_ptr_float().get(data, 0, data.length);
        return data;
    }

    /** All elements in row-major order, converted to double. */
    public double[] toDoubles() {
        var source = detach().to(Device.CPU).toDouble().contiguous();
        var data = new double[Math.toIntExact(source.count())];
        source.raw.data_ptr_double().get(data, 0, data.length);
        return data;
    }

    /** All elements in row-major order, converted to int64. */
    public long[] toLongs() {
        var source = detach().to(Device.CPU).toLong().contiguous();
        var data = new long[Math.toIntExact(source.count())];
        source.raw.data_ptr_long().get(data, 0, data.length);
        return data;
    }

    /** Copies the bytes of a contiguous tensor on the CPU from an offset on, until the buffer is full. */
    public void readBytes(long byteOffset, ByteBuffer into) {
        BytePointer bytes = bytes(byteOffset, into.remaining());
        var chunk = new byte[into.remaining()];
        bytes.get(chunk, 0, chunk.length);
        into.put(chunk);
    }

    /** Overwrites the bytes of a contiguous tensor on the CPU from an offset on with all of the buffer. */
    public void writeBytes(long byteOffset, ByteBuffer from) {
        BytePointer bytes = bytes(byteOffset, from.remaining());
        var chunk = new byte[from.remaining()];
        from.get(chunk);
        bytes.put(chunk, 0, chunk.length);
    }

    private BytePointer bytes(long offset, int length) {
        if (!raw.is_contiguous() || !raw.is_cpu() || offset < 0 || offset + length > raw.nbytes()) {
            throw new IllegalArgumentException("bytes " + offset + " to " + (offset + length) + " of " + this);
        }
        return new BytePointer(raw.data_ptr()).capacity(raw.nbytes()).getPointer(offset);
    }

    public long[] shape() {
        var shape = new long[rank()];
        for (int dim = 0; dim < shape.length; dim++) {
            shape[dim] = raw.size(dim);
        }
        return shape;
    }

    public long size(int dim) {
        return raw.size(dim);
    }

    public int rank() {
        return (int) raw.dim();
    }

    /** The number of elements. */
    public long count() {
        return raw.numel();
    }

    /** Removes the tensor from every scope: it is freed when it is closed. Returns this. */
    public Tensor retain() {
        raw.retainReference();
        return this;
    }

    /** Frees a tensor that was removed from its scope; otherwise does nothing. */
    @Override
    public void close() {
        raw.close();
    }

    @Override
    public String toString() {
        return raw.isNull() ? "a freed tensor" : dtype() + Arrays.toString(shape());
    }

    // ---- internals ----

    /** References into libtorch's containers become invalid with the container; this makes an independent one. */
    private static Tensor copyOf(org.bytedeco.pytorch.Tensor reference) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(reference));
    }

    /** Integers stay integers, so that an int64 tensor plus 1 is an int64 tensor. */
    private static Scalar number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? new Scalar((long) value) : new Scalar(value);
    }

    private static ScalarOptional bound(double value) {
        return Double.isInfinite(value) ? new ScalarOptional() : new ScalarOptional(number(value));
    }

    private static TensorVector vector(List<Tensor> parts) {
        return new TensorVector(parts.stream().map(Tensor::raw).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static TensorOptions options(DType type, Device device) {
        TensorOptions options = new TensorOptions(type.scalarType());
        return device.isCuda() ? options.device(new org.bytedeco.pytorch.DeviceOptional(device.raw())) : options;
    }
}
