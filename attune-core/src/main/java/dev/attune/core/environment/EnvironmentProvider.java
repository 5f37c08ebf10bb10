package dev.attune.core.environment;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the environments of one kind. Recipes name it; services of this type are found on the class path and in
 * plugins.
 */
public interface EnvironmentProvider {
    /** The name used in recipes: {@code environment: {name: ...}}. */
    String name();

    /**
     * Reads the settings once; the result makes one environment for each episode that runs at the same time.
     *
     * @throws BadInputException if a setting is unknown or invalid
     */
    Supplier<Environment> prepare(EnvironmentSetup setup);

    /**
     * Example episodes for supervised fine-tuning, the same for the same seed.
     *
     * @throws BadInputException if there are none
     */
    default List<Demonstration> demonstrations(EnvironmentSetup setup, int count, long seed) {
        throw BadInputException.at(
                "environment.name: " + name(),
                "an environment without demonstrations",
                "one that has some",
                "train on data instead");
    }
}
