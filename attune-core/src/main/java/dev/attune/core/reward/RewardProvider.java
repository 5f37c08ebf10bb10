package dev.attune.core.reward;

import dev.attune.core.error.BadInputException;

/**
 * Makes reward functions of one kind from settings. Recipes name it; services of this type are found on the class path and
 * in plugins. A function without settings needs no provider: a class with a public constructor without parameters is
 * enough.
 */
public interface RewardProvider {
    /** The name used in recipes. */
    String name();

    /**
     * Reads the settings once and makes the function.
     *
     * @throws BadInputException if a setting is unknown or invalid
     */
    RewardFunction open(RewardSetup setup);
}
