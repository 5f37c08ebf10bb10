package dev.attune.training.run;

import dev.attune.core.error.RunStoppedException;
import dev.attune.training.recipe.CheckpointSettings;
import dev.attune.training.recipe.EvaluateSettings;
import dev.attune.training.recipe.RolloutSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Runs the steps of a trainer and writes the run's folder: metrics every step, evaluations, rollouts and checkpoints when
 * they are due. Everything a step does follows from the seed and the step's number, so a run resumed from a checkpoint ends
 * with the same bits as one that was never interrupted.
 *
 * @param stage the name that listeners get
 */
public record RunLoop(
        String stage,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        RolloutSettings rollouts,
        RunListener listener) {

    /** Whether the run in that folder has a checkpoint to resume from. */
    public static boolean hasCheckpoint(Path run) throws IOException {
        return new RunCheckpoints(run, 1).latest().isPresent();
    }

    /** Restores the latest complete checkpoint; returns its step, or 0 if there is none. */
    public int restore(Trainer trainer, Path run) throws IOException {
        RunCheckpoints checkpoints = new RunCheckpoints(run, checkpoint.keep());
        int step = checkpoints.latest().orElse(0);
        if (step > 0) {
            checkpoints.restore(step, trainer.state());
        }
        return step;
    }

    /**
     * Runs the steps after {@code done}. If the JVM is asked to exit, it completes the current step and writes a checkpoint.
     *
     * @throws RunStoppedException after such a step
     */
    public void run(Trainer trainer, RunDirectory directory, int done) {
        try (ExitRequest exit = new ExitRequest()) {
            run(trainer, directory, done, exit);
        }
    }

    private void run(Trainer trainer, RunDirectory directory, int done, ExitRequest exit) {
        RunCheckpoints checkpoints = new RunCheckpoints(directory.path(), checkpoint.keep());
        Set<String> warned = new LinkedHashSet<>();
        int steps = trainer.steps();
        for (int step = done + 1; step <= steps; step++) {
            StepReport report = trainer.step(step);
            Map<String, Double> metrics = new LinkedHashMap<>(report.metrics());
            if (evaluate.due(step, steps)) {
                metrics.putAll(trainer.evaluate());
            }
            directory.write(step, metrics);
            if (rollouts.due(step, steps) && !report.rollouts().isEmpty()) {
                directory.writeRollouts(step, report.rollouts(), rollouts.keep());
                directory.writeSamples(step, report.rollouts());
            }
            if (warned.addAll(report.warnings())) {
                listener.warnings(step, report.warnings());
            }
            listener.step(stage, step, steps, metrics);
            boolean stopped = exit.made();
            if (stopped || checkpoint.due(step) || (checkpoint.every() > 0 && step == steps)) {
                checkpoints.save(step, trainer.state());
            }
            if (stopped) {
                throw stopped(directory.path() + ": stopped after step " + step + " of " + steps);
            }
        }
    }

    private RunStoppedException stopped(String place) {
        String message = place + "; resume it with --resume";
        listener.note(message);
        return new RunStoppedException(message);
    }
}
