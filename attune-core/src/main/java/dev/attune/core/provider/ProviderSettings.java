package dev.attune.core.provider;

import dev.attune.core.error.BadInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings by name, as texts, with checks whose messages name their place.
 *
 * @param place of the settings in the recipe, such as {@code environment.settings}
 * @param owner what has the settings, such as "environment"
 */
public record ProviderSettings(String place, String owner, Map<String, String> values) {
    public ProviderSettings {
        values = Map.copyOf(values);
    }

    /** A setting, or null if it is not given. */
    public @Nullable String text(String name) {
        return values.get(name);
    }

    /** @throws BadInputException if it is not given */
    public String required(String name, String expected) {
        String text = values.get(name);
        if (text == null) {
            throw invalid(name, "nothing", expected);
        }
        return text;
    }

    /** @throws BadInputException if it is not one of the choices, the first of which is the default */
    public String choice(String name, String... choices) {
        String text = values.getOrDefault(name, choices[0]);
        if (!Set.of(choices).contains(text)) {
            throw invalid(name, "'" + text + "'", "one of " + String.join(", ", choices));
        }
        return text;
    }

    /** @throws BadInputException if it is neither true nor false */
    public boolean flag(String name) {
        return choice(name, "false", "true").equals("true");
    }

    /** @throws BadInputException if it is not a number or is outside the range */
    public double number(String name, double fallback, double min, double max) {
        String text = values.get(name);
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
        throw invalid(name, "'" + text + "'", "a number from " + min + " to " + max);
    }

    /** @throws BadInputException if there is a setting with another name */
    public void requireKnown(Set<String> names) {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!names.contains(name)) {
                throw BadInputException.at(
                        place + "." + name,
                        "a setting that this " + owner + " does not have",
                        names.isEmpty() ? "no settings" : "one of " + String.join(", ", new TreeSet<>(names)),
                        "remove or rename it");
            }
        }
    }

    /** The error for an invalid setting. */
    public BadInputException invalid(String name, String found, String expected) {
        return BadInputException.at(place + "." + name, found, expected, "change the setting");
    }
}
