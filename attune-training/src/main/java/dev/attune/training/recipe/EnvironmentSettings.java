package dev.attune.training.recipe;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment that a policy acts in, instead of prompts and reward functions.
 *
 * @param name of a {@link dev.attune.core.environment.EnvironmentProvider}
 * @param settings the environment's own, by name
 * @param model a model that it uses, such as an opponent: a directory, {@code hf:owner/name} or {@code stage:NAME};
 *     null: none
 * @param maxTurns maximum number of turns of an episode
 * @param limitSeconds time limit per call, in seconds
 * @param maxState maximum number of characters of a state
 * @param onFault what happens if an environment breaks its contract
 */
@RecordBuilder
public record EnvironmentSettings(
        String name,
        Map<String, String> settings,
        @Nullable String model,
        int maxTurns,
        double limitSeconds,
        int maxState,
        OnFault onFault)
        implements EnvironmentSettingsBuilder.With {
    /** The handling of a fault of an environment. */
    public enum OnFault {
        /** The episode ends; its rollout records the fault, and it is not trained on. */
        END,
        /** The run stops with one line. */
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The defaults for an environment created in code. */
    public static EnvironmentSettings named(String name) {
        return new EnvironmentSettings(name, Map.of(), null, 32, 10, 4000, OnFault.END);
    }

    public static EnvironmentSettings read(SectionReader fields) {
        EnvironmentSettings standard = named(fields.requiredText("name", "the name of an environment"));
        return new EnvironmentSettings(
                standard.name,
                fields.textMap("settings"),
                fields.optionalText("model"),
                fields.integer("max_turns", standard.maxTurns, 1),
                fields.number("limit_seconds", standard.limitSeconds, Range.POSITIVE),
                fields.integer("max_state", standard.maxState, 1),
                fields.choice("on_fault", standard.onFault));
    }
}
