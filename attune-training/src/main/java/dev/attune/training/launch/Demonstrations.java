package dev.attune.training.launch;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.DataSource;
import dev.attune.training.recipe.DemonstrationSettings;
import dev.attune.training.recipe.EvaluateSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The episodes that an environment demonstrates for a recipe, the last of them held out.
 *
 * @param source all of them, with the hash of what they say
 */
record Demonstrations(List<Demonstration> train, List<Demonstration> heldOut, DataSource source) {
    static Demonstrations of(
            DemonstrationSettings settings, EvaluateSettings evaluate, List<String> plugins, long seed) {
        List<Demonstration> all = all(settings, plugins, seed);
        int held = (int) Math.min(evaluate.limit(), all.size() * evaluate.split());
        int train = all.size() - held;
        return new Demonstrations(
                all.subList(0, train), all.subList(train, all.size()), source(settings, seed, all, train));
    }

    private static List<Demonstration> all(DemonstrationSettings settings, List<String> plugins, long seed) {
        try (Plugins loaded = new Plugins(plugins)) {
            EnvironmentProvider provider = loaded.environment(settings.environment());
            return List.copyOf(
                    provider.demonstrations(new EnvironmentSetup(settings.settings(), null), settings.count(), seed));
        }
    }

    private static DataSource source(DemonstrationSettings settings, long seed, List<Demonstration> all, int train) {
        Map<String, String> derivation = new LinkedHashMap<>(settings.settings());
        derivation.put("seed", Long.toString(seed));
        return new DataSource(
                "demonstrations of " + settings.environment(),
                Hashing.sha256(Json.line(all)),
                "demonstrations",
                all.size(),
                train,
                derivation,
                List.of());
    }
}
