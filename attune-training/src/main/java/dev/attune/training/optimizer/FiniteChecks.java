package dev.attune.training.optimizer;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.ParameterSet;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Errors for losses, gradients and weights that are infinite or NaN. They name the first tensor that is not finite, and
 * advise a lower learning rate only if an update has been made.
 */
public final class FiniteChecks {
    private FiniteChecks() {}

    /**
     * Refuses a model whose weights are not finite before training.
     *
     * @param model its part in the run, as "policy"
     */
    public static void requireFinite(String model, ParameterSet weights) {
        String tensor = firstTensor(weights.byName().keySet(), name -> tensor(weights, name));
        if (tensor != null) {
            throw BadInputException.at(
                    "the weights of the " + model,
                    tensor + " with an infinite or NaN value before training",
                    "finite weights",
                    "use another checkpoint of the model");
        }
    }

    /**
     * The error for a loss, or another figure of a step, that is not finite.
     *
     * @param figure its name, as "policy loss"
     * @param models all trained models by their parts in the run
     */
    public static RunFailedException inFigure(int step, String figure, double value, Map<String, ParameterSet> models) {
        String found = "step " + step + ": the " + figure + " is " + value;
        for (Map.Entry<String, ParameterSet> model : models.entrySet()) {
            ParameterSet weights = model.getValue();
            String tensor = firstTensor(weights.byName().keySet(), name -> tensor(weights, name));
            if (tensor != null) {
                return new RunFailedException(
                        found + " because the weights are not finite, first " + tensor + " of the "
                                + model.getKey() + ", after the update of step " + (step - 1) + " at the latest; "
                                + advice(step));
            }
        }
        return new RunFailedException(found + " while all weights are finite; " + advice(step));
    }

    /**
     * The error for a gradient that is not finite.
     *
     * @param number of the update, from 1
     */
    static RunFailedException inGradient(long number, double norm, Iterable<ParameterSet> groups) {
        for (ParameterSet weights : groups) {
            String tensor = firstTensor(weights.trainedNames(), weights::gradOf);
            if (tensor != null) {
                return new RunFailedException("update " + number + ": the gradient of " + tensor
                        + " is not finite, its norm over all weights is " + norm + "; " + advice(number));
            }
        }
        return new RunFailedException(
                "update " + number + ": the norm of the gradient is " + norm + "; " + advice(number));
    }

    private static String advice(long updates) {
        return updates <= 1
                ? "no update has been made, so look at the model and the data of this step, not at the learning rate"
                : "lower optimizer.learning_rate, or look at the data of this step";
    }

    private static Tensor tensor(ParameterSet weights, String name) {
        Tensor tensor = weights.byName().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no weight is named " + name);
        }
        return tensor;
    }

    /** The first of the names whose tensor is not finite; null if all are finite. */
    private static @Nullable String firstTensor(Collection<String> names, Function<String, Tensor> tensors) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            for (String name : names) {
                if (!tensors.apply(name).isFinite()) {
                    return name;
                }
            }
            return null;
        }
    }
}
