package dev.attune.studio.run;

import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.core.provenance.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of a model, as a tree: its data, and its parent models with their lineage.
 *
 * @param role its role in the child run; empty for the run itself
 * @param name of the run, or the path of the model if its run is unknown
 * @param method empty without provenance
 * @param sha256 of the model's folder; empty for the run itself
 * @param found whether the name is that of a known run
 */
public record Lineage(
        String role,
        String name,
        String method,
        String sha256,
        boolean found,
        List<DataSource> data,
        List<Lineage> parents) {
    /** The lineage from a run's provenance; null if there is no readable provenance. */
    public static @Nullable Lineage of(FoundRun run, RunCatalog catalog) {
        try {
            return Provenance.find(run.directory())
                    .map(made -> new Lineage(
                            "", run.name(), made.method(), "", true, files(made), parents(made, names(catalog))))
                    .orElse(null);
        } catch (BadInputException written) {
            return null; // written by another version or by hand
        }
    }

    /** The known runs by the directories of their models. */
    private static Map<Path, String> names(RunCatalog catalog) {
        Map<Path, String> names = new HashMap<>();
        catalog.all().forEach(each -> names.put(each.model(), each.name()));
        return names;
    }

    private static List<DataSource> files(Provenance made) {
        return made.data().stream().flatMap(DataSource::chain).toList();
    }

    /** The parents; a model with two roles, policy and reference, is one parent. */
    private static List<Lineage> parents(Provenance made, Map<Path, String> names) {
        Map<String, List<Parent>> byModel = new LinkedHashMap<>();
        for (Parent parent : made.parents()) {
            byModel.computeIfAbsent(parent.path() + parent.sha256(), key -> new ArrayList<>())
                    .add(parent);
        }
        return byModel.values().stream().map(roles -> parent(roles, names)).toList();
    }

    private static Lineage parent(List<Parent> roles, Map<Path, String> names) {
        Parent parent = roles.get(0);
        String role = String.join(", ", roles.stream().map(Parent::role).toList());
        String name = names.get(Path.of(parent.path()).toAbsolutePath().normalize());
        Provenance before = parent.provenance();
        return new Lineage(
                role,
                name == null ? parent.path() : name,
                before == null ? "" : before.method(),
                parent.sha256(),
                name != null,
                before == null ? List.of() : files(before),
                before == null ? List.of() : parents(before, names));
    }
}
