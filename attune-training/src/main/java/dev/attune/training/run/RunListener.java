package dev.attune.training.run;

import java.util.List;
import java.util.Map;

/** Watches a run. Called on the thread that trains, between steps. */
public interface RunListener {
    /** Watches nothing. */
    RunListener SILENT = new RunListener() {};

    /**
     * Something a person should read once: what was loaded, what was dropped, what looks wrong.
     *
     * @param message one sentence
     */
    default void note(String message) {}

    /**
     * A step is done.
     *
     * @param stage the stage's name, or the method where the recipe has no stages
     * @param metrics the step's numbers by name
     */
    default void step(String stage, int step, int steps, Map<String, Double> metrics) {}

    /** Warnings of a step, such as a negative KL with its likely cause. */
    default void warnings(int step, List<String> warnings) {}
}
