package dev.attune.training.optimizer;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;

/** AdamW with a learning-rate schedule, for methods with one loss. */
public final class ScheduledOptimizer implements AutoCloseable {
    private final ParameterSet parameters;
    private final AdamW optimizer;
    private final OptimizerSettings settings;
    private final Schedule schedule;

    /** @param steps of the whole run, over which the learning rate changes */
    public ScheduledOptimizer(ParameterSet parameters, OptimizerSettings settings, int steps) {
        FiniteChecks.requireFinite("model", parameters);
        this.parameters = parameters;
        this.optimizer = new AdamW(parameters, settings);
        this.settings = settings;
        this.schedule = settings.schedule(steps);
    }

    /**
     * The figures of one optimizer step.
     *
     * @param norm of the gradient before clipping
     * @param rate the learning rate
     */
    public record StepStatistics(double norm, double rate) {
        /** Under the names of metrics.jsonl. */
        public void putInto(Map<String, Double> metrics) {
            metrics.put("grad_norm", norm);
            metrics.put("lr", rate);
        }
    }

    /**
     * Makes one update with the accumulated gradients.
     *
     * @param loss of the step, which must be finite
     */
    public StepStatistics step(int step, double loss) {
        if (!Double.isFinite(loss)) {
            throw FiniteChecks.inFigure(step, "loss", loss, Map.of("model", parameters));
        }
        double rate = settings.learningRate() * schedule.factor(step);
        return new StepStatistics(optimizer.step(step, rate), rate);
    }

    /**
     * The trained weights and the moments, live.
     *
     * @param weights the name of the weights
     */
    public Map<String, Tensor> state(String weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(weights, parameters.trained());
        tensors.putAll(optimizer.state());
        return tensors;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
