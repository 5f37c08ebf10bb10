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

    /**
     * Copies a checkpoint's weights. Names and shapes are compared before memory is allocated.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    static Parameters copied(ModelConfig config, WeightSource weights) {
        Map<String, String> names = WeightCheck.match(weights.place(), config, weights.shapes());
        Parameters parameters = Parameters.of(WeightLayout.of(config));
        try (NoGrad off = NoGrad.on()) {
            parameters.byName().forEach((name, target) -> {
                try (Scope scope = Scope.open()) {
                    target.copyInPlace(weights.read(names.getOrDefault(name, name)));
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
    static Parameters random(ModelConfig config, long seed) {
        Parameters parameters = Parameters.of(WeightLayout.of(config));
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
