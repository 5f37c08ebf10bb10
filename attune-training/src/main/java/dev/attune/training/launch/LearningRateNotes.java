package dev.attune.training.launch;

import dev.attune.training.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Warnings about learning rates with which a run learns less than expected. */
final class LearningRateNotes {
    private LearningRateNotes() {}

    /** @param steps of the whole run */
    static List<String> of(Recipe recipe, int steps) {
        List<String> notes = new ArrayList<>();
        if (recipe.optimizer().learningRate() == 0) {
            notes.add("optimizer.learning_rate is 0: " + recipe.learnedAtRateZero());
        }
        int warmUp = recipe.optimizer().schedule(steps).warmUp();
        if (warmUp >= steps && warmUp > 1) {
            notes.add("the warm-up of " + warmUp + " steps does not end before the run's last step, " + steps
                    + ": the learning rate only rises; lower optimizer.warm_up");
        }
        return notes;
    }
}
