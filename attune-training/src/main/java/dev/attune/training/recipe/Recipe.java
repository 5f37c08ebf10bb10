package dev.attune.training.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The complete settings of one run of one method. */
public sealed interface Recipe permits SftRecipe, RewardRecipe, PpoRecipe {
    /** The method's name, as in {@code method: ppo}. */
    String method();

    ModelSource model();

    /** How conversations are rendered and encoded. */
    ConversationSettings conversation();

    /** Null if an environment takes its place. */
    @Nullable
    DataSettings data();

    /** How many steps; null if the number of epochs decides. */
    @Nullable
    Integer steps();

    /** The same recipe with this many steps. */
    Recipe withSteps(int steps);

    OptimizerSettings optimizer();

    EvaluateSettings evaluate();

    CheckpointSettings checkpoint();

    /** Jars whose classes are reward functions. */
    List<String> plugins();

    /** How the weights of {@code model/} are written. */
    Precision precision();

    long seed();
}
