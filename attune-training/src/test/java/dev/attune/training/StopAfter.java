package dev.attune.training;

import dev.attune.training.run.RunListener;
import java.util.Map;

/** Ends a run as a killed process does: after a step, without another word. */
public final class StopAfter implements RunListener {
    private final int last;

    public StopAfter(int last) {
        this.last = last;
    }

    @Override
    public void step(String stage, int step, int steps, Map<String, Double> metrics) {
        if (step == last) {
            throw new Stopped();
        }
    }

    /** What ends the run. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
