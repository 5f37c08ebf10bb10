package dev.attune.training.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complete settings of one run of one method: those that every run has, and the method's own as further components
 * of the record that implements this.
 */
public interface Recipe {
    /** The settings that every run has, unwrapped: their keys are at the top level of the file. */
    RunSettings run();

    /** What a learning rate of 0 leaves to learn, for a warning. */
    default String learnedAtRateZero() {
        return "no weight changes";
    }

    /** Which rollouts are saved token by token; none if the method has none. */
    default RolloutSettings rollouts() {
        return RolloutSettings.NONE;
    }

    /** The method's name, as in {@code method: ppo}. */
    default String method() {
        return run().method();
    }

    default ModelSource model() {
        return run().model();
    }

    /** The settings for conversations. */
    default ConversationSettings conversation() {
        return run().conversation();
    }

    /** The data; null if something else replaces it, such as an environment. */
    default @Nullable DataSettings data() {
        return run().data();
    }

    /** The number of steps; null if it follows from the number of epochs. */
    default @Nullable Integer steps() {
        return run().steps();
    }

    default OptimizerSettings optimizer() {
        return run().optimizer();
    }

    default EvaluateSettings evaluate() {
        return run().evaluate();
    }

    default CheckpointSettings checkpoint() {
        return run().checkpoint();
    }

    /** Jars whose classes the recipe names: methods, reward functions, environments. */
    default List<String> plugins() {
        return run().plugins();
    }

    /** How products are computed, and the format of the weights of {@code model/}. */
    default PrecisionSettings precision() {
        return run().precision();
    }

    default long seed() {
        return run().seed();
    }
}
