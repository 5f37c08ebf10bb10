package dev.attune.core.environment;

import dev.attune.core.model.TextModel;
import dev.attune.core.provider.ProviderSettings;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an environment in a recipe.
 *
 * @param settings its own settings, by name
 * @param model a model that the environment uses, such as a frozen opponent; null if the recipe names none. Only usable
 *     while {@link EnvironmentProvider#prepare} runs
 */
public record EnvironmentSetup(
        Map<String, String> settings, @Nullable TextModel model) {
    public EnvironmentSetup {
        settings = Map.copyOf(settings);
    }

    /** No settings, no model. */
    public static EnvironmentSetup plain() {
        return new EnvironmentSetup(Map.of(), null);
    }

    /**
     * A setting that is a number.
     *
     * @throws dev.attune.core.error.BadInputException if it is not a number or is outside the range
     */
    public double number(String name, double fallback, double min, double max) {
        return named().number(name, fallback, min, max);
    }

    /** @throws dev.attune.core.error.BadInputException if there is a setting with another name */
    public void requireKnown(Set<String> names) {
        named().requireKnown(names);
    }

    private ProviderSettings named() {
        return new ProviderSettings("environment.settings", "environment", settings);
    }
}
