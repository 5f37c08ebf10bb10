package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.NormKind;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Creates a model's parameters: from a checkpoint, or at random. */
final class ParameterFactory {
    private ParameterFactory() {}

    /** Copies a checkpoint's weights into float32, as {@link #copied(ModelConfig, WeightSource, WeightStorage)} does. */
    static ParameterSet copied(ModelConfig config, WeightSource weights) {
        return copied(config, weights, WeightStorage.trainable());
    }

    /**
     * Copies a checkpoint's weights one at a time, each into the type in which it is kept. Names and shapes are compared before memory is allocated.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    static ParameterSet copied(ModelConfig config, WeightSource weights, WeightStorage storage) {
        Map<String, String> names = WeightCheck.match(weights.place(), config, weights.shapes());
        ParameterSet parameters = ParameterSet.of(WeightLayout.of(config), storage);
        try (NoGrad off = NoGrad.on()) {
            names.forEach((name, stored) -> {
                try (Scope scope = Scope.open()) {
                    parameters.write(name, weights.read(stored));
                }
            });
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /**
     * Initial weights: matrices from N(0, {@code initializer_range}^2) (0.02 if config.json has none), biases 0, norms
     * the identity.
     */
    static ParameterSet random(ModelConfig config, long seed) {
        ParameterSet parameters = ParameterSet.of(WeightLayout.of(config), WeightStorage.trainable());
        JsonNode range = config.raw().path("initializer_range");
        double deviation = range.isNumber() ? range.asDouble() : 0.02;
        NormKind norm = config.spec().norm();
        Randomness source = Randomness.of(seed, "initial weights");
        parameters.byName().forEach((name, weight) -> {
            try (NoGrad off = NoGrad.on();
                    Scope scope = Scope.open()) {
                if (weight.rank() == 2) {
                    weight.copyInPlace(Randomness.of(source.seed(), name).normal(0, deviation, weight.shape()));
                } else if (name.endsWith(".weight")) {
                    weight.fillInPlace(norm.initial());
                }
            }
        });
        return parameters;
    }
}
