package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The weight of a linear map in 8-bit integers: w = scale q with one scale per output and q from -127 to 127, rounded to
 * the nearest. Only the weight is rounded; products are float32. Training passes widen the matrix at each use.
 */
final class Int8Matrix implements LinearWeight, AutoCloseable {
    private static final double LARGEST = 127;

    private final Tensor numbers;
    private final Tensor scales;

    /** A matrix of zeros. */
    Int8Matrix(long in, long out) {
        this(Tensor.zeros(DType.INT8, out, in).retain(), Tensor.ones(out).retain());
    }

    private Int8Matrix(Tensor numbers, Tensor scales) {
        this.numbers = numbers;
        this.scales = scales;
    }

    /** The same numbers in the same memory. */
    Int8Matrix again() {
        return new Int8Matrix(numbers.detach().retain(), scales.detach().retain());
    }

    /**
     * Rounds the weights of some outputs.
     *
     * @param from the first output
     * @param weight float32 {@code [outputs, in]}
     */
    void write(long from, Tensor weight) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            Tensor largest = weight.abs().max(1).dividedBy(LARGEST);
            Tensor scale = largest.maskedFill(largest.equalTo(0), 1);
            long outputs = weight.size(0);
            scales.narrow(0, from, outputs).copyInPlace(scale);
            numbers.narrow(0, from, outputs)
                    .copyInPlace(weight.dividedBy(scale.unsqueeze(1)).round());
        }
    }

    @Override
    public Tensor apply(Tensor x, @Nullable Tensor bias) {
        Tensor y = isDecoding(x) ? Functional.int8Product(x, numbers, scales) : x.matmul(inputFirst());
        return bias == null ? y : y.plus(bias.toFloat());
    }

    /** With one token of each row, reading the integers is faster than widening them first. */
    private static boolean isDecoding(Tensor x) {
        return x.rank() == 3
                && x.size(1) == 1
                && !NoGrad.isRecording()
                && !Engine.device().isCuda();
    }

    @Override
    public Tensor inputFirst() {
        return outputFirst(0, numbers.size(0)).transpose(0, 1);
    }

    /** The weights of some outputs, float32 {@code [outputs, in]}. */
    Tensor outputFirst(long from, long outputs) {
        return numbers.narrow(0, from, outputs)
                .toFloat()
                .times(scales.narrow(0, from, outputs).unsqueeze(1));
    }

    long bytes() {
        return numbers.count() + scales.count() * DType.FLOAT32.bytes();
    }

    @Override
    public void close() {
        numbers.close();
        scales.close();
    }
}
