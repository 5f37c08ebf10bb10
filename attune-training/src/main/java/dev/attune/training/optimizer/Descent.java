package dev.attune.training.optimizer;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Parameters;
import dev.attune.training.recipe.OptimizerSettings;
import java.util.Map;

/** How a step of a method with one loss ends: a loss that is no number is refused, then the weights move. */
public final class Descent implements AutoCloseable {
    private final Parameters parameters;
    private final AdamW optimizer;
    private final OptimizerSettings settings;
    private final Schedule schedule;

    /** @param steps of the whole run, over which the learning rate changes */
    public Descent(Parameters parameters, OptimizerSettings settings, int steps) {
        NonFinite.requireFinite("model", parameters);
        this.parameters = parameters;
        this.optimizer = new AdamW(parameters, settings);
        this.settings = settings;
        this.schedule = settings.schedule(steps);
    }

    /**
     * What a step did.
     *
     * @param norm of the gradient, before it was clipped
     * @param rate the learning rate
     */
    public record Taken(double norm, double rate) {
        /** Under the names of metrics.jsonl. */
        public void putInto(Map<String, Double> metrics) {
            metrics.put("grad_norm", norm);
            metrics.put("lr", rate);
        }
    }

    /** Follows the gradient that was gathered. */
    public Taken take(int step, double loss) {
        if (!Double.isFinite(loss)) {
            throw NonFinite.inFigure(step, "loss", loss, Map.of("model", parameters));
        }
        double rate = settings.learningRate() * schedule.factor(step);
        return new Taken(optimizer.step(step, rate), rate);
    }

    /** The moments, live. */
    public Map<String, Tensor> state() {
        return optimizer.state();
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
