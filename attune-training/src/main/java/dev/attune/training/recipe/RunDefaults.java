package dev.attune.training.recipe;

import org.jspecify.annotations.Nullable;

/**
 * A method's defaults of {@link RunSettings}.
 *
 * @param steps null if the default is the number of epochs
 * @param evaluateEvery steps between evaluations
 * @param evaluateSplit the share of prompts that is held out
 * @param checkpointEvery steps between checkpoints
 * @param dataReplaced why the recipe has no data, for a message that ends in it; null if it has
 */
public record RunDefaults(
        @Nullable Integer steps,
        double learningRate,
        Schedule.Shape schedule,
        int evaluateEvery,
        double evaluateSplit,
        int checkpointEvery,
        @Nullable String dataReplaced) {
    /** For runs over a data set in epochs: no number of steps, a tenth of the prompts held out. */
    public static RunDefaults ofEpochs(double learningRate, Schedule.Shape schedule) {
        return new RunDefaults(null, learningRate, schedule, 100, 0.1, 100, null);
    }

    /** For runs over rollouts: 100 steps, an evaluation and a checkpoint every 20. */
    public static RunDefaults ofRollouts(double learningRate) {
        return new RunDefaults(100, learningRate, Schedule.Shape.LINEAR, 20, 0.1, 20, null);
    }

    public RunDefaults withEvaluation(int every, double split) {
        return new RunDefaults(steps, learningRate, schedule, every, split, checkpointEvery, dataReplaced);
    }

    /** The same for a recipe whose data something else replaces. */
    public RunDefaults withDataReplaced(@Nullable String why) {
        return new RunDefaults(steps, learningRate, schedule, evaluateEvery, evaluateSplit, checkpointEvery, why);
    }
}
