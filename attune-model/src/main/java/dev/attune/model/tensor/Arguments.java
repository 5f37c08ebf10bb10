package dev.attune.model.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;

/**
 * The small native objects that operations take beside tensors. Making one costs more than adding two small tensors, so
 * those that recur are kept: at most {@value #MOST} of a kind, for the life of the process, never changed.
 */
final class Arguments {
    private static final int MOST = 256;
    private static final Map<Double, Scalar> SCALARS = new ConcurrentHashMap<>();
    private static final Map<Double, DoubleOptional> DOUBLES = new ConcurrentHashMap<>();
    private static final Map<DType, TensorOptions> OPTIONS = new ConcurrentHashMap<>();
    private static final TensorOptional NO_TENSOR = kept(new TensorOptional());

    private Arguments() {}

    /** Whole numbers stay whole, so that an int64 tensor plus 1 is an int64 tensor. */
    static Scalar scalar(double value) {
        return cached(SCALARS, value, Arguments::newScalar);
    }

    private static Scalar newScalar(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? new Scalar((long) value) : new Scalar(value);
    }

    static DoubleOptional optional(double value) {
        return cached(DOUBLES, value, DoubleOptional::new);
    }

    static TensorOptional noTensor() {
        return NO_TENSOR;
    }

    static TensorOptions options(DType type, Device device) {
        TensorOptions onProcessor = OPTIONS.computeIfAbsent(type, t -> kept(new TensorOptions(t.scalarType())));
        return device.isCuda() ? onProcessor.device(new DeviceOptional(device.raw())) : onProcessor;
    }

    private static <T extends Pointer> T cached(Map<Double, T> cache, double value, Function<Double, T> maker) {
        T known = cache.get(value);
        if (known != null) {
            return known;
        }
        return cache.size() < MOST ? cache.computeIfAbsent(value, v -> kept(maker.apply(v))) : maker.apply(value);
    }

    /** Out of the scope that happens to be open. */
    private static <T extends Pointer> T kept(T pointer) {
        pointer.retainReference();
        return pointer;
    }
}
