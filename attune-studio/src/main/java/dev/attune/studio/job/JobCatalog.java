package dev.attune.studio.job;

import dev.attune.core.run.RunFolder;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All jobs below the directory of runs. Names from requests are looked up in the list and never opened as paths. */
public final class JobCatalog {
    private final Path root;

    public JobCatalog(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** By name. */
    public List<FoundJob> all() {
        return directories().flatMap(directory -> job(directory).stream()).toList();
    }

    /**
     * The job that a request names with {@code job}.
     *
     * @throws NotFoundResponse if there is none of this kind
     */
    public FoundJob requested(Context context, JobKind kind) {
        String name = context.queryParam("job");
        return directories()
                .filter(directory -> name(directory).equals(name))
                .findFirst()
                .flatMap(this::job)
                .filter(job -> job.kind() == kind)
                .orElseThrow(() -> new NotFoundResponse("There is no such job."));
    }

    private Stream<Path> directories() {
        return RunFolder.under(root).stream()
                .map(folder -> folder.path().toAbsolutePath().normalize())
                .filter(directory -> !directory.equals(root));
    }

    /** The job in a directory; its recipe is read for it. */
    private Optional<FoundJob> job(Path directory) {
        return JobKind.of(directory).map(kind -> new FoundJob(name(directory), directory, kind));
    }

    private String name(Path directory) {
        return StreamSupport.stream(root.relativize(directory).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
