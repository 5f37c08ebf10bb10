package dev.attune.training.optimizer;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * PyTorch's fused step of AdamW, which reads and writes every number once. It is found by name because it is not among
 * the operations that JavaCPP maps.
 */
final class FusedAdamW {
    private static final String NAME = "aten::_fused_adamw_";
    private final OperatorHandle operation = Dispatcher.singleton().findSchemaOrThrow(NAME, "");

    /**
     * The settings of one step.
     *
     * @param divisor of the gradient: 1 / the factor that clips it
     */
    record Step(long number, double rate, double beta1, double beta2, double decay, double epsilon, double divisor) {}

    /** Updates weights and moments in place. The gradient is divided in place. */
    void step(Tensor weights, Tensor gradient, Tensor first, Tensor second, Step step) {
        try (Scope scope = Scope.open()) {
            IValue divisor = step.divisor == 1
                    ? new IValue()
                    : new IValue(Tensor.scalar(step.divisor).raw());
            operation.callBoxed(new IValueVector(
                    list(weights),
                    list(gradient),
                    list(first),
                    list(second),
                    list(),
                    list(Tensor.scalar((double) step.number)),
                    new IValue(step.rate),
                    new IValue(step.beta1),
                    new IValue(step.beta2),
                    new IValue(step.decay),
                    new IValue(step.epsilon),
                    new IValue(false),
                    new IValue(false),
                    divisor,
                    new IValue()));
        }
    }

    private static IValue list(Tensor... tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor.raw()));
        }
        return new IValue(list);
    }
}
