package dev.attune.core.run;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** The state of a run. */
    public enum State {
        COMPLETE,
        UNFINISHED,
        NOT_STARTED;

        /** The state as lists of runs show it. */
        public String configName() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Opens the run in a directory; an error names what is missing. */
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

    /** The directory of the trained model; of a run with stages, that of its last stage. */
    public Path model() {
        List<RunFolder> stages = stages();
        return stages.isEmpty() ? ownModel() : stages.get(stages.size() - 1).ownModel();
    }

    private Path ownModel() {
        return path.resolve("model");
    }

    /** The runs of a recipe with {@code stages}, in order, whether they have started or not; empty for a single run. */
    public List<RunFolder> stages() {
        if (!started() || Files.isDirectory(ownModel())) {
            return List.of();
        }
        Map<String, String> settings = readableSettings();
        List<RunFolder> stages = new ArrayList<>();
        String name = settings.get("stages.0.name");
        while (name != null && name.matches("[^/\\\\\\s.][^/\\\\]*")) {
            stages.add(new RunFolder(path.resolve(name)));
            name = settings.get("stages." + stages.size() + ".name");
        }
        return List.copyOf(stages);
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

    /** Whether training has started and has written its recipe. */
    public boolean started() {
        return Files.isRegularFile(path.resolve(RECIPE));
    }

    /** Whether it has written its model; a run with stages is complete if each of them is. */
    public boolean complete() {
        List<RunFolder> stages = stages();
        return stages.isEmpty()
                ? Files.isRegularFile(ownModel().resolve("config.json"))
                : stages.stream().allMatch(RunFolder::complete);
    }

    public State state() {
        if (complete()) {
            return State.COMPLETE;
        }
        return started() ? State.UNFINISHED : State.NOT_STARTED;
    }

    /** Its progress in words: its last step, or how many of its stages are complete. */
    public String progress() {
        List<RunFolder> stages = stages();
        return stages.isEmpty()
                ? "step " + metrics().lastStep()
                : stages.stream().filter(RunFolder::complete).count() + " of " + stages.size() + " stages";
    }

    /** Every key of the recipe with its value, nested keys joined by dots. */
    public Map<String, String> settings() {
        try {
            return RecipeSettings.of(recipe());
        } catch (JacksonException e) {
            throw BadInputException.at(
                    path.resolve(RECIPE).toString(), "text that is not YAML", "a recipe", "repair or remove the run");
        }
    }

    /** The settings; empty if the recipe cannot be read. */
    private Map<String, String> readableSettings() {
        try {
            return settings();
        } catch (BadInputException unreadable) {
            return Map.of();
        }
    }

    /** The complete recipe as it was written. */
    public String recipe() {
        try {
            return Files.readString(path.resolve(RECIPE));
        } catch (IOException e) {
            throw BadInputException.at(
                    path.resolve(RECIPE).toString(), "no readable file", "a recipe", "repair or remove the run");
        }
    }

    /** The method of training, "stages" for a recipe with stages, "?" if the recipe names none. */
    public String method() {
        Map<String, String> settings = readableSettings();
        return settings.getOrDefault("method", settings.containsKey("stages.0.name") ? "stages" : "?");
    }

    /** The provenance as it was written; an empty object if there is none. */
    public JsonNode provenance() {
        Path file = path.resolve("provenance.json");
        return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
    }
}
