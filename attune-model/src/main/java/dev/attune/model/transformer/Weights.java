package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Fills a model's parameters: from a checkpoint, or at random. */
final class Weights {
    private Weights() {}

    /**
     * Copies a checkpoint's weights.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    static Parameters copied(ModelConfig config, Map<String, Tensor> weights) {
        var shapes = new LinkedHashMap<String, long[]>();
        weights.forEach((name, weight) -> shapes.put(name, weight.shape()));
        Map<String, String> names = WeightCheck.match("the given weights", config, shapes);
        Parameters parameters = Parameters.of(WeightLayout.of(config));
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            parameters.byName().forEach((name, target) -> {
                Tensor source = weights.get(names.getOrDefault(name, name));
                target.copyInPlace(Objects.requireNonNull(source, name));
            });
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /**
     * Fresh weights: matrices from N(0, {@code initializer_range}^2) (0.02 where config.json does not say), biases 0,
     * norms the identity.
     */
    static Parameters random(ModelConfig config, long seed) {
        Parameters parameters = Parameters.of(WeightLayout.of(config));
        JsonNode range = config.raw().path("initializer_range");
        double deviation = range.isNumber() ? range.asDouble() : 0.02;
        Norm.Kind norm = DecoderSpec.of(config.family()).norm();
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
