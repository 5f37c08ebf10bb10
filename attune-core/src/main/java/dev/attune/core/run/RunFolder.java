package dev.attune.core.run;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run directory, read only. */
public record RunFolder(Path path) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RECIPE = "recipe.yaml";
    private static final int DEPTH = 5;

    /** Where a run stands. */
    public enum State {
        COMPLETE,
        UNFINISHED
    }

    /** The run in that directory, or an error that says what is missing. */
    public static RunFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw BadInputException.at(
                    path.toString(),
                    Files.exists(path) ? "a file" : "no such directory",
                    "a run directory",
                    "'attune runs list' shows the runs here");
        }
        if (!Files.exists(path.resolve(RECIPE))) {
            throw BadInputException.at(
                    path.toString(),
                    "a directory without " + RECIPE,
                    "a run directory",
                    "'attune runs list' shows the runs here");
        }
        return new RunFolder(path);
    }

    /** All run directories under {@code root}, by path. */
    public static List<RunFolder> under(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try {
            return under(root, root.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A walk does not follow links, so it starts where they lead; runs are named by the path that was given. */
    private static List<RunFolder> under(Path root, Path real) throws IOException {
        try (Stream<Path> found =
                Files.find(real, DEPTH, (path, attributes) -> path.endsWith(RECIPE) && attributes.isRegularFile())) {
            return found.map(file -> real.relativize(file.resolveSibling("")))
                    .map(run -> relative(root.toAbsolutePath().resolve(run).normalize()))
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
        }
    }

    private static Path relative(Path absolute) {
        Path here = Path.of("").toAbsolutePath();
        return absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute;
    }

    public MetricsLog metrics() {
        return MetricsLog.read(path.resolve("metrics.jsonl"));
    }

    public Path model() {
        return path.resolve("model");
    }

    /** A directory with the tokens' names: the run's own model, or else the one that it started from; null for none. */
    public @Nullable Path tokenizer() {
        return Stream.of(model().toString(), settings().getOrDefault("model", ""))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .filter(directory -> Files.isRegularFile(directory.resolve("tokenizer.json")))
                .findFirst()
                .orElse(null);
    }

    /** Whether training got as far as to write down what it does. */
    public boolean begun() {
        return Files.isRegularFile(path.resolve(RECIPE));
    }

    /** Whether it left a model. */
    public boolean complete() {
        return Files.isRegularFile(model().resolve("config.json"));
    }

    public State state() {
        return complete() ? State.COMPLETE : State.UNFINISHED;
    }

    /** Every key of the recipe with its value, nested keys joined by points. */
    public Map<String, String> settings() {
        try {
            return RecipeSettings.of(recipe());
        } catch (JacksonException e) {
            throw BadInputException.at(
                    path.resolve(RECIPE).toString(), "text that is not YAML", "a recipe", "repair or remove the run");
        }
    }

    /** The complete recipe as it was written. */
    public String recipe() {
        try {
            return Files.readString(path.resolve(RECIPE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String method() {
        Map<String, String> settings = settings();
        return settings.getOrDefault("method", settings.containsKey("stages.0.name") ? "stages" : "?");
    }

    /** The provenance as it was written; an empty object where there is none. */
    public JsonNode provenance() {
        Path file = path.resolve("provenance.json");
        return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
    }
}
