package dev.attune.studio.run;

import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Store;
import dev.attune.studio.job.JobKind;
import io.javalin.http.NotFoundResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All training runs below one directory. Names from requests are looked up in the list and never opened as paths. */
public final class RunCatalog {
    private final Path root;
    private final Runs runs;

    public RunCatalog(Path root, Store store) {
        this.root = root.toAbsolutePath().normalize();
        this.runs = new Runs(store);
    }

    public Path root() {
        return root;
    }

    /** By name. */
    public List<FoundRun> all() {
        return new ArrayList<>(byName().values());
    }

    public Optional<FoundRun> find(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    /** @throws NotFoundResponse if there is no run of the name that a request gives */
    public FoundRun requested(@Nullable String name) {
        return Optional.ofNullable(name)
                .flatMap(this::find)
                .orElseThrow(() -> new NotFoundResponse("There is no such run."));
    }

    /** The entry for a run of the queue. */
    public FoundRun of(Run run) {
        Path directory = RunPlace.of(run).run().path();
        return new FoundRun(name(directory), directory, run);
    }

    private Map<String, FoundRun> byName() {
        Map<String, FoundRun> found = new TreeMap<>();
        for (RunFolder folder : RunFolder.under(root)) {
            Path directory = folder.path().toAbsolutePath().normalize();
            if (!directory.equals(root) && JobKind.of(directory).isEmpty()) {
                found.put(name(directory), new FoundRun(name(directory), directory, null));
            }
        }
        for (Run run : runs.all()) {
            if (Path.of(run.folder()).startsWith(root)) {
                found.put(of(run).name(), of(run));
            }
        }
        return found;
    }

    private String name(Path directory) {
        Collection<String> parts = new ArrayList<>();
        root.relativize(directory).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
