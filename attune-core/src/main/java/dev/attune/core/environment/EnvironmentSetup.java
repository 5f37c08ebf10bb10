package dev.attune.core.environment;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.TextModel;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
     * @throws BadInputException if it is not a number or is outside the range
     */
    public double number(String name, double fallback, double min, double max) {
        String text = settings.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // refused below, with the same message as a number out of range
        }
        throw BadInputException.at(
                "environment.settings." + name,
                "'" + text + "'",
                "a number from " + min + " to " + max,
                "change the setting");
    }

    /** @throws BadInputException if there is a setting with another name */
    public void requireKnown(Set<String> names) {
        for (String name : new TreeSet<>(settings.keySet())) {
            if (!names.contains(name)) {
                throw BadInputException.at(
                        "environment.settings." + name,
                        "a setting that this environment does not have",
                        names.isEmpty() ? "no settings" : "one of " + String.join(", ", new TreeSet<>(names)),
                        "remove or rename it");
            }
        }
    }
}
