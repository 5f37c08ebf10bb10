package dev.attune.training.launch;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.training.recipe.DemonstrationSettings;
import java.util.List;

/** The episodes that an environment demonstrates for a recipe. */
final class Demonstrations {
    private Demonstrations() {}

    static List<Demonstration> of(DemonstrationSettings settings, List<String> plugins, long seed) {
        try (Plugins loaded = new Plugins(plugins)) {
            EnvironmentProvider provider = loaded.environment(settings.environment());
            return List.copyOf(
                    provider.demonstrations(new EnvironmentSetup(settings.settings(), null), settings.count(), seed));
        }
    }
}
