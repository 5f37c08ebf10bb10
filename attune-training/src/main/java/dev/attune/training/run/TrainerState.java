package dev.attune.training.run;

import dev.attune.model.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The state that a trainer needs to resume: live flat tensors, which are read and overwritten in place, and numbers. It
 * has no random state, because every random number follows from the seed and the step.
 *
 * @param tensors weights and moments by name
 * @param numbers reads the current numbers
 * @param restore restores numbers that were read before
 */
public record TrainerState(
        Map<String, Tensor> tensors, Supplier<Map<String, Double>> numbers, Consumer<Map<String, Double>> restore) {
    /** The name of the policy's weights, in every method that trains one. */
    public static final String POLICY = "policy";

    /** A state with only tensors. */
    public static TrainerState of(Map<String, Tensor> tensors) {
        return new TrainerState(tensors, Map::of, numbers -> {});
    }
}
