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
 * Takes a trainer through its steps and keeps the run's folder: metrics every step, evaluations, rollouts and checkpoints
 * when they are due. Everything a step does follows from the seed and the step's number, so a run that goes on from a
 * checkpoint ends with the same bits as one that was never interrupted.
 *
 * @param stage the name that listeners hear
 */
public record RunLoop(
        String stage,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        RolloutSettings rollouts,
        RunListener listener) {

    /** Whether a run in that folder has something to go on from. */
    public static boolean hasCheckpoint(Path run) throws IOException {
        return new RunCheckpoints(run, 1).newest().isPresent();
    }

    /** The step to go on from: that of the newest whole checkpoint, whose state the trainer then has, or 0. */
    public int restore(Trainer trainer, Path run) throws IOException {
        RunCheckpoints checkpoints = new RunCheckpoints(run, checkpoint.keep());
        int step = checkpoints.newest().orElse(0);
        if (step > 0) {
            checkpoints.restore(step, trainer.state());
        }
        return step;
    }

    /**
     * Takes the steps after {@code done}. Where the JVM is asked to end, the step in hand is finished and has a checkpoint.
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

    private RunStoppedException stopped(String where) {
        String message = where + "; it can go on from there";
        listener.note(message);
        return new RunStoppedException(message);
    }
}
