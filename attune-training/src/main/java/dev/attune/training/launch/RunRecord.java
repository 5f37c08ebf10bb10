package dev.attune.training.launch;

import dev.attune.core.io.Hashing;
import dev.attune.core.provenance.Machine;
import dev.attune.core.provenance.Provenance;
import dev.attune.model.tensor.Engine;
import dev.attune.training.method.RunContext;
import dev.attune.training.plugin.Plugins;
import dev.attune.training.recipe.Recipe;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The provenance of a run, for provenance.json. */
final class RunRecord {
    private RunRecord() {}

    static Provenance of(Recipe recipe, String complete, Path run, RunContext context) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("attune", version());
        versions.putAll(Engine.describe());
        recipe.plugins().forEach(plugin -> versions.put("plugin " + plugin, Plugins.sha256(Path.of(plugin))));
        return new Provenance(
                String.valueOf(run.getFileName()),
                recipe.method(),
                recipe.seed(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Hashing.sha256(complete),
                versions,
                Machine.here(),
                context.data(),
                context.parents());
    }

    private static String version() {
        String version = RunRecord.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
