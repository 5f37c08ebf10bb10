package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a checkpoint, named as Hugging Face names them, read one at a time so that memory holds them once. */
public interface WeightSource {
    /** Named in complaints. */
    String place();

    /** The shape of every weight, by its name. */
    Map<String, long[]> shapes();

    /**
     * A weight in float32; belongs to the open scope.
     *
     * @throws BadInputException where the weight cannot be used
     */
    Tensor read(String name);

    /** Weights that are in memory already. */
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
