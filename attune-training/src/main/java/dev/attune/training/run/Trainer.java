package dev.attune.training.run;

import java.util.Map;

/**
 * Trains one model with one method: runs a step, evaluates, and exposes the state that is needed to resume. Steps are
 * numbered from 1 and run in order. Use from one platform thread.
 */
public interface Trainer extends AutoCloseable {
    /** The number of steps of the run. */
    int steps();

    /** Runs one step, which changes the weights. */
    StepReport step(int step);

    /** Evaluates the model on held-out data; empty if there is none. Changes nothing. */
    Map<String, Double> evaluate();

    /** The state that changes from step to step. */
    TrainerState state();

    /** Frees the memory of the trainer; the model stays open. */
    @Override
    void close();
}
