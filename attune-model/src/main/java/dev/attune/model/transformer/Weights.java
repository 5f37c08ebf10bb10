package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fills a model's parameters: from a checkpoint, or at random. */
final class Weights {
    /** Buffers that old checkpoints hold beside the weights; they follow from the configuration. */
    private static final Pattern DERIVED =
            Pattern.compile(".*(rotary_emb\\.inv_freq|\\.attn\\.(bias|masked_bias)|\\.attention\\.(bias|masked_bias))");

    private Weights() {}

    /**
     * Copies a checkpoint's weights.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    static Parameters copied(ModelConfig config, Map<String, Tensor> weights) {
        Parameters parameters = Parameters.of(WeightLayout.of(config));
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            parameters.byName().forEach((name, target) -> copy(name, find(config, weights, name), target));
            refuseUnknown(config, parameters, weights);
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    private static void copy(String name, @Nullable Tensor source, Tensor target) {
        if (source == null) {
            throw BadInputException.at(
                    "weight " + name,
                    "nothing",
                    "shape " + Arrays.toString(target.shape()),
                    "use the checkpoint that belongs to this config.json");
        }
        if (!Arrays.equals(source.shape(), target.shape())) {
            throw BadInputException.at(
                    "weight " + name,
                    "shape " + Arrays.toString(source.shape()),
                    "shape " + Arrays.toString(target.shape()),
                    "use the checkpoint that belongs to this config.json");
        }
        target.copyInPlace(source);
    }

    /** By its name, or without the backbone's prefix, as bare backbones are saved. */
    private static @Nullable Tensor find(ModelConfig config, Map<String, Tensor> weights, String name) {
        Tensor exact = weights.get(name);
        String prefix = config.family().backbonePrefix();
        return exact == null && name.startsWith(prefix) ? weights.get(name.substring(prefix.length())) : exact;
    }

    private static void refuseUnknown(ModelConfig config, Parameters parameters, Map<String, Tensor> weights) {
        Map<String, Tensor> known = parameters.byName();
        String prefix = config.family().backbonePrefix();
        String head = DecoderSpec.of(config.family()).head() + ".weight";
        boolean headIsDerived = config.tied() || config.isReward();
        for (String name : weights.keySet()) {
            boolean expected = known.containsKey(name)
                    || known.containsKey(prefix + name)
                    || (headIsDerived && name.equals(head))
                    || (!config.isReward() && name.equals(WeightLayout.SCORE))
                    || DERIVED.matcher(name).matches();
            if (!expected) {
                throw BadInputException.at(
                        "weight " + name,
                        "a weight that " + config.family().modelType() + " with this config.json does not have",
                        "only weights such as " + known.keySet().iterator().next(),
                        "use the checkpoint that belongs to this config.json");
            }
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
