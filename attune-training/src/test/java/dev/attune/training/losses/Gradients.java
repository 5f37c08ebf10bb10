package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.function.Function;

/** Compares gradients with central differences, in float64. */
final class Gradients {
    private static final double STEP = 1e-6;

    private Gradients() {}

    /** Requires the gradient of a rank-0 function of a vector to equal its finite differences. */
    static void assertMatch(String name, Function<Tensor, Tensor> function, double... at) {
        double[] gradient = of(function, at);
        for (int i = 0; i < at.length; i++) {
            double expected = (value(function, moved(at, i, STEP)) - value(function, moved(at, i, -STEP))) / (2 * STEP);
            assertThat(gradient[i])
                    .as(name + ", d/dx" + i)
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    /** The gradient of a rank-0 function of a vector. */
    static double[] of(Function<Tensor, Tensor> function, double... at) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(at, at.length).requireGrad(true);
            function.apply(x).backward();
            Tensor gradient = x.grad();
            return gradient == null ? new double[at.length] : gradient.toDoubles();
        }
    }

    static double value(Function<Tensor, Tensor> function, double... at) {
        try (Scope scope = Scope.open()) {
            return function.apply(Tensor.of(at, at.length)).item();
        }
    }

    private static double[] moved(double[] at, int index, double by) {
        double[] result = at.clone();
        result[index] += by;
        return result;
    }
}
