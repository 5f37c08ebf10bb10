package dev.attune.model.tensor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NumberType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Type;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a matrix in the blocks in which oneDNN's products read it. A product with few rows, as decoding has, copies a
 * matrix in rows to such blocks each time, which takes longer than the multiplication; here it is copied once.
 *
 * <p>The operations are found by name because they are not among those that JavaCPP maps.
 */
public final class BlockedMatrix implements AutoCloseable {
    /** For these rows the blocks are chosen: the fastest, or nearly so, from 1 row to thousands. */
    private static final long ROWS = 8;
    /**
     * Matrices are filled up with zeros to a multiple of this many columns. oneDNN 3.7 computes wrong columns for other
     * widths on some processors with AVX-512: on AMD's Zen 5 for 65 to 80 and 97 to 127 columns, for example, with any
     * number of rows.
     */
    private static final long COLUMNS = 64;
    /** Largest difference from a product of the plain matrix, relative to the sum of the products' magnitudes. */
    private static final Map<DType, Double> TOLERANCE = Map.of(DType.FLOAT32, 1e-5, DType.BFLOAT16, 0.02);

    private static final Map<DType, Boolean> AVAILABLE = new ConcurrentHashMap<>();
    private static final Map<Shape, Boolean> RIGHT = new ConcurrentHashMap<>();

    private final Tensor blocks;
    private final long columns;

    private BlockedMatrix(Tensor blocks, long columns) {
        this.blocks = blocks;
        this.columns = columns;
    }

    /**
     * Whether this machine's libtorch has the operations for a type, and they compute what products of plain matrices do.
     * In bfloat16 they need a processor with instructions that in float32 they do not.
     */
    public static boolean isAvailable(DType type) {
        return !Engine.device().isCuda()
                && TOLERANCE.containsKey(type)
                && AVAILABLE.computeIfAbsent(type, BlockedMatrix::computesProducts);
    }

    /**
     * Whether products with matrices that stay in the processor's cache are slower in blocks. OpenBLAS has kernels for
     * AVX-512 that read small matrices as they are, and a call of oneDNN takes 15 microseconds beside its products: on
     * AMD's Zen 5, sampling 5 million weights is 1.6 times as fast without blocks with 4 rows, and 1.08 times with 64.
     */
    public static boolean isSlowerInCache(DType type) {
        return type == DType.FLOAT32 && Engine.blas().equals(Blas.OPENBLAS.id()) && Engine.hasAvx512();
    }

    /**
     * A copy in blocks, or null if its products are not those of the matrix. The first matrix of each shape is tried.
     *
     * @param weight {@code [in, out]}, float32 or bfloat16; it is copied
     */
    public static @Nullable BlockedMatrix ifRight(Tensor weight) {
        BlockedMatrix blocked = of(weight);
        Shape shape = new Shape(weight.size(0), weight.size(1), weight.dtype());
        if (RIGHT.computeIfAbsent(shape, unseen -> blocked.computesProductsOf(weight))) {
            return blocked;
        }
        blocked.close();
        return null;
    }

    /** @param weight {@code [in, out]}, float32 or bfloat16; it is copied */
    private static BlockedMatrix of(Tensor weight) {
        try (Scope scope = Scope.open()) {
            long columns = weight.size(1);
            long missing = Math.floorMod(-columns, COLUMNS);
            Tensor filled = missing == 0
                    ? weight
                    : Tensor.cat(List.of(weight, Tensor.zeros(weight.dtype(), weight.size(0), missing)), 1);
            IValueVector stack =
                    new IValueVector(new IValue(filled.transpose(0, 1).raw()), new IValue(ROWS));
            Operations.REORDER.callBoxed(stack);
            return new BlockedMatrix(result(stack).retain(), columns);
        }
    }

    /**
     * x W + b without gradients, in the matrix's type.
     *
     * @param x {@code [..., in]} of the matrix's type
     * @param bias {@code [out]} of the matrix's type, or null
     */
    public Tensor product(Tensor x, @Nullable Tensor bias) {
        long filled = blocks.size(0);
        if (filled == columns) {
            return filledProduct(x, bias);
        }
        Tensor product = filledProduct(x, null).narrow(-1, 0, columns);
        return bias == null ? product : product.plus(bias);
    }

    private Tensor filledProduct(Tensor x, @Nullable Tensor bias) {
        IValueVector stack = new IValueVector(
                new IValue(x.raw()),
                new IValue(blocks.raw()),
                bias == null ? Operations.ABSENT : new IValue(bias.raw()),
                Operations.NOTHING_AFTER,
                Operations.NO_SCALARS,
                Operations.NO_ALGORITHM);
        Operations.LINEAR.callBoxed(stack);
        return result(stack);
    }

    private boolean computesProductsOf(Tensor weight) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            long in = weight.size(0);
            Tensor x =
                    Tensor.arange(ROWS * in).toFloat().sin().reshape(ROWS, in).to(weight.dtype());
            Tensor expected = x.toFloat().matmul(weight.toFloat());
            Tensor magnitude = x.toFloat().abs().matmul(weight.toFloat().abs());
            Tensor difference = product(x, null).toFloat().minus(expected).abs();
            double tolerance = Objects.requireNonNull(TOLERANCE.get(weight.dtype()));
            return difference.minus(magnitude.times(tolerance)).max().item() <= 0;
        }
    }

    @Override
    public void close() {
        blocks.close();
    }

    private static Tensor result(IValueVector stack) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
    }

    private static final class Operations {
        static final OperatorHandle REORDER = find("mkldnn::_reorder_linear_weight");
        static final OperatorHandle LINEAR = find("mkldnn::_linear_pointwise");
        static final IValue ABSENT = new IValue().retainReference();
        static final IValue NOTHING_AFTER = new IValue("none").retainReference();
        static final IValue NO_SCALARS = new IValue(new GenericList(OptionalType.get(
                        new Type.TypePtr(NumberType.getNumberIntTypePtr().get()))))
                .retainReference();
        static final IValue NO_ALGORITHM = new IValue("").retainReference();

        private static OperatorHandle find(String name) {
            return Dispatcher.singleton().findSchemaOrThrow(name, "").retainReference();
        }
    }

    private record Shape(long in, long out, DType type) {}

    private static boolean computesProducts(DType type) {
        Engine.init();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                BlockedMatrix tried = ifRight(
                        Tensor.arange(40 * 72).toFloat().cos().reshape(40, 72).to(type))) {
            return tried != null;
        } catch (RuntimeException | LinkageError e) {
            // A libtorch that was built without oneDNN does not have the operations, and a processor may lack them.
            return false;
        }
    }
}
