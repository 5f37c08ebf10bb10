package dev.attune.training.run;

import java.util.Map;

/**
 * One method at work on one model: it knows how to take a step, to measure itself, and what it would need to go on after
 * a restart. Steps are numbered from 1 and taken in order. Use from one platform thread.
 */
public interface Trainer extends AutoCloseable {
    /** How many steps the run has. */
    int steps();

    /** Takes a step and changes the weights. */
    StepReport step(int step);

    /** Measures the model on what is held out; empty where nothing is. Changes nothing. */
    Map<String, Double> evaluate();

    /** Everything that changes from step to step. */
    TrainerState state();

    /** Frees what the trainer made; not the model it was given. */
    @Override
    void close();
}
