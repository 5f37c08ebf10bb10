package dev.attune.training.onpolicy;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.optimizer.FiniteChecks;
import java.util.Map;

/**
 * Stops a run at the first loss that is infinite or NaN.
 *
 * @param models by name, to find the weight that is not finite
 */
public record FiniteLosses(int step, Map<String, ParameterSet> models) {
    /** @throws RunFailedException if the loss is not finite */
    public void require(String name, Tensor loss) {
        double value = loss.item();
        if (!Double.isFinite(value)) {
            throw FiniteChecks.inFigure(step, name, value, models);
        }
    }
}
