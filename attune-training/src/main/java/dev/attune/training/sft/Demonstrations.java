package dev.attune.training.sft;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.DataSource;
import dev.attune.training.plugin.Plugins;
import dev.attune.training.recipe.RunSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The episodes that an environment demonstrates for a recipe, the last of them held out.
 *
 * @param source all of them, with the hash of what they say
 */
record Demonstrations(List<Demonstration> train, List<Demonstration> heldOut, DataSource source) {
    static Demonstrations of(DemonstrationSettings settings, RunSettings run) {
        List<Demonstration> all = all(settings, run.plugins(), run.seed());
        int held = (int)
                Math.min(run.evaluate().limit(), all.size() * run.evaluate().split());
        int train = all.size() - held;
        return new Demonstrations(
                all.subList(0, train), all.subList(train, all.size()), source(settings, run.seed(), all, train));
    }

    /** The states and actions of the training episodes. */
    Stream<String> texts() {
        return train.stream()
                .flatMap(demonstration -> demonstration.turns().stream())
                .flatMap(turn -> Stream.of(turn.state(), turn.action()));
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
