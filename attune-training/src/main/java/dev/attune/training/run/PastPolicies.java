package dev.attune.training.run;

import dev.attune.core.error.BadInputException;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The policies in a run's checkpoints. */
public final class PastPolicies {
    private final RunCheckpoints checkpoints;

    public PastPolicies(Path run) {
        this.checkpoints = new RunCheckpoints(run, Integer.MAX_VALUE);
    }

    /** The steps of the complete checkpoints, ascending. */
    public List<Integer> steps() throws IOException {
        return checkpoints.steps();
    }

    /**
     * Loads the policy's weights of a step into a model.
     *
     * @param model of the run, whose weights are overwritten
     * @throws BadInputException if the checkpoint is missing, damaged or of another model
     */
    public void load(int step, CausalLm model) {
        checkpoints.restore(step, Map.of(TrainerState.POLICY, model.parameters().trained()));
    }
}
