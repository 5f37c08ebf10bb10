package dev.attune.training.preference;

import dev.attune.training.recipe.BatchSettings;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.Epochs;

/**
 * How a method goes through its rows. Defaults are those of TRL's preference methods, with Attune's Adam epsilon and order.
 *
 * @param steps optimiser updates; 0: as many as {@code epochs} require
 * @param epochs passes over the rows if {@code steps} is 0
 * @param rows per step: pairs, or completions
 * @param micro sequences that pass through the model at once
 * @param order in which each epoch takes the rows
 */
public record RowPlan(
        int steps, int epochs, int rows, int micro, DataOrder order, OptimizerSettings optimizer, long seed) {
    /** The default learning rate of preference methods. */
    public static final double LEARNING_RATE = 1e-6;

    /** The defaults of the settings that every run has. */
    public static final RunDefaults RUN_DEFAULTS = RunDefaults.ofEpochs(LEARNING_RATE, Schedule.Shape.LINEAR);

    /** One epoch, 8 rows per step, learning rate 1e-6 falling linearly to 0. */
    public static RowPlan defaults() {
        OptimizerSettings optimizer = OptimizerSettings.of(LEARNING_RATE, Schedule.Shape.LINEAR);
        return new RowPlan(0, 1, 8, 16, DataOrder.SHUFFLED, optimizer, 0);
    }

    /** The plan of a recipe. */
    public static RowPlan of(Recipe recipe, BatchSettings batch, int epochs) {
        return new RowPlan(
                recipe.steps() == null ? 0 : recipe.steps(),
                epochs,
                batch.rows(),
                batch.micro(),
                recipe.run().dataOrFail().order(),
                recipe.optimizer(),
                recipe.seed());
    }

    public RowPlan withSteps(int value) {
        return new RowPlan(value, epochs, rows, micro, order, optimizer, seed);
    }

    public RowPlan withEpochs(int value) {
        return new RowPlan(steps, value, rows, micro, order, optimizer, seed);
    }

    public RowPlan withRows(int value) {
        return new RowPlan(steps, epochs, value, micro, order, optimizer, seed);
    }

    public RowPlan withMicro(int value) {
        return new RowPlan(steps, epochs, rows, value, order, optimizer, seed);
    }

    public RowPlan withOrder(DataOrder value) {
        return new RowPlan(steps, epochs, rows, micro, value, optimizer, seed);
    }

    public RowPlan withOptimizer(OptimizerSettings value) {
        return new RowPlan(steps, epochs, rows, micro, order, value, seed);
    }

    public RowPlan withSeed(long value) {
        return new RowPlan(steps, epochs, rows, micro, order, optimizer, value);
    }

    /** The number of steps of a run over this many rows. */
    public int steps(int items) {
        return steps > 0 ? steps : Epochs.steps(items, epochs, rows);
    }

    /** The rows of each step. */
    public Epochs epochs(int items) {
        return new Epochs(items, order, seed, "preference order");
    }
}
