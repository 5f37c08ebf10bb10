package dev.attune.training.sft;

import dev.attune.core.settings.SectionReader;
import java.util.Map;

/**
 * Episodes that an environment demonstrates, as training data.
 *
 * @param environment the name of an {@link dev.attune.core.environment.EnvironmentProvider}
 * @param settings the environment's own, by name
 * @param count number of episodes
 */
public record DemonstrationSettings(String environment, Map<String, String> settings, int count) {
    static DemonstrationSettings read(SectionReader fields) {
        return new DemonstrationSettings(
                fields.requiredText("environment", "the name of an environment"),
                fields.textMap("settings"),
                fields.integer("count", 10_000, 1));
    }
}
