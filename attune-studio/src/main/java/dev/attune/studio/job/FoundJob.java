package dev.attune.studio.job;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.YamlTree;
import dev.attune.studio.page.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job below the directory of runs.
 *
 * @param name its path below that directory, with slashes
 */
public record FoundJob(String name, Path directory, JobKind kind) {
    private static final String RECIPE = "recipe.yaml";

    /** The address of its page. */
    public Address page() {
        return Address.of(kind.page()).with("job", name);
    }

    public Path file(String file) {
        return directory.resolve(file);
    }

    /** Whether it has written its figures, which it does at the end. */
    public boolean finished() {
        return Files.isRegularFile(file(kind.summary()));
    }

    /** When its figures, or if there are none its recipe, were written. */
    public long when() {
        try {
            return Files.getLastModifiedTime(file(finished() ? kind.summary() : RECIPE))
                    .toMillis();
        } catch (IOException removed) {
            return 0;
        }
    }

    /** Its figures; empty if it has none yet, or another version wrote them. */
    public <T> Optional<T> summary(Class<T> type) {
        try {
            return finished() ? Optional.of(Json.read(file(kind.summary()), type)) : Optional.empty();
        } catch (BadInputException other) {
            return Optional.empty();
        }
    }

    /** Its recipe as {@code read} reads it; empty if another version wrote it. */
    public <T> Optional<T> recipe(Function<Node, T> read) {
        try {
            return Optional.of(read.apply(YamlTree.parse(RECIPE, Files.readString(file(RECIPE)))));
        } catch (BadInputException other) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
