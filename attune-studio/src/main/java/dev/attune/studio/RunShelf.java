package dev.attune.studio;

import dev.attune.core.run.RunFolder;
import io.javalin.http.NotFoundResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs that the studio shows: those found under its folder, and no other path. */
final class RunShelf {
    private final Path root;

    RunShelf(Path root) {
        this.root = root;
    }

    List<String> names() {
        return new ArrayList<>(found().keySet());
    }

    /** The run of that name. A name is never made into a path: it is looked up among those that were found. */
    RunFolder named(@Nullable String name) {
        RunFolder run = name == null ? null : found().get(name);
        if (run == null) {
            throw new NotFoundResponse("There is no such run.");
        }
        return run;
    }

    /** By the path below the folder, with slashes. */
    private Map<String, RunFolder> found() {
        Path from = root.toAbsolutePath().normalize();
        Map<String, RunFolder> found = new LinkedHashMap<>();
        for (RunFolder run : RunFolder.under(root)) {
            Path below = from.relativize(run.path().toAbsolutePath().normalize());
            found.put(below.toString().replace(below.getFileSystem().getSeparator(), "/"), run);
        }
        return found;
    }
}
