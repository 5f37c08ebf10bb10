package dev.attune.model.tensor;

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

    private final Tensor blocks;

    private BlockedMatrix(Tensor blocks) {
        this.blocks = blocks;
    }

    /**
     * Whether this machine's libtorch has the operations for a type, and they compute what products of plain matrices do.
     * In bfloat16 they need a processor with instructions that in float32 they do not.
     */
    public static boolean isAvailable(DType type) {
        return !Engine.device().isCuda()
                && switch (type) {
                    case FLOAT32 -> InFloat32.PASSED;
                    case BFLOAT16 -> InBfloat16.PASSED;
                    default -> false;
                };
    }

    /** @param weight {@code [in, out]}, float32 or bfloat16; it is copied */
    public static BlockedMatrix of(Tensor weight) {
        IValueVector stack = new IValueVector(new IValue(weight.transpose(0, 1).raw()), new IValue(ROWS));
        Operations.REORDER.callBoxed(stack);
        return new BlockedMatrix(result(stack).retain());
    }

    /**
     * x W + b without gradients, in the matrix's type.
     *
     * @param x {@code [..., in]} of the matrix's type
     * @param bias {@code [out]} of the matrix's type, or null
     */
    public Tensor product(Tensor x, @Nullable Tensor bias) {
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

    private static final class InFloat32 {
        static final boolean PASSED = computesProducts(DType.FLOAT32, 1e-4);
    }

    private static final class InBfloat16 {
        static final boolean PASSED = computesProducts(DType.BFLOAT16, 0.1);
    }

    /** @param tolerance of a sum of 40 products of numbers in [-1, 1] */
    private static boolean computesProducts(DType type, double tolerance) {
        Engine.init();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor x = Tensor.arange(3 * 40).toFloat().sin().reshape(3, 40).to(type);
            Tensor weight =
                    Tensor.arange(40 * 72).toFloat().cos().reshape(40, 72).to(type);
            try (BlockedMatrix blocked = of(weight)) {
                Tensor expected = x.toFloat().matmul(weight.toFloat());
                Tensor difference = blocked.product(x, null).toFloat().minus(expected);
                return difference.abs().max().item() < tolerance;
            }
        } catch (RuntimeException | LinkageError e) {
            // A libtorch that was built without oneDNN does not have the operations, and a processor may lack them.
            return false;
        }
    }
}
