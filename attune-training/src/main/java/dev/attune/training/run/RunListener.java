package dev.attune.training.run;

import java.util.List;
import java.util.Map;

/** Receives the events of a run, on the training thread, between steps. */
public interface RunListener {
    /** Ignores all events. */
    RunListener SILENT = new RunListener() {};

    /**
     * A note to the user: what was loaded, dropped or looks wrong.
     *
     * @param message one sentence
     */
    default void note(String message) {}

    /**
     * Called after each step.
     *
     * @param stage the stage's name, or the method if the recipe has no stages
     * @param metrics the step's numbers by name
     */
    default void step(String stage, int step, int steps, Map<String, Double> metrics) {}

    /** Warnings of a step, such as a negative KL with its likely cause. */
    default void warnings(int step, List<String> warnings) {}
}
