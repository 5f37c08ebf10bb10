package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a checkpoint, under their names in Hugging Face, read one at a time so that they are in memory only
 * once.
 */
public interface WeightSource {
    /** The name of the source, for error messages. */
    String place();

    /** The shape of every weight, by its name. */
    Map<String, long[]> shapes();

    /**
     * A weight in float32; belongs to the open scope.
     *
     * @throws BadInputException if the weight cannot be used
     */
    Tensor read(String name);

    /** A source of weights that are in memory. */
    static WeightSource of(Map<String, Tensor> weights) {
        return new WeightSource() {
            @Override
            public String place() {
                return "the given weights";
            }

            @Override
            public Map<String, long[]> shapes() {
                Map<String, long[]> shapes = new LinkedHashMap<>();
                weights.forEach((name, weight) -> shapes.put(name, weight.shape()));
                return shapes;
            }

            @Override
            public Tensor read(String name) {
                Tensor weight = weights.get(name);
                if (weight == null) {
                    throw new IllegalArgumentException("no weight is named " + name);
                }
                return weight;
            }
        };
    }
}
