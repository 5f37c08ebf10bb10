package dev.attune.training.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The complete settings of one run of one method. */
public sealed interface Recipe permits SftRecipe, RewardRecipe, PpoRecipe {
    /** The method's name, as in {@code method: ppo}. */
    String method();

    ModelSource model();

    /** The settings for conversations. */
    ConversationSettings conversation();

    /** The data; null if an environment replaces it. */
    @Nullable
    DataSettings data();

    /** The number of steps; null if it follows from the number of epochs. */
    @Nullable
    Integer steps();

    /** A copy with this number of steps. */
    Recipe withSteps(int steps);

    OptimizerSettings optimizer();

    EvaluateSettings evaluate();

    CheckpointSettings checkpoint();

    /** Jars whose classes are reward functions. */
    List<String> plugins();

    /** How products are computed, and the format of the weights of {@code model/}. */
    PrecisionSettings precision();

    long seed();
}
