package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as the studio shows it: one that stands in the queue, one whose directory was found, or both.
 *
 * @param name its path below the folder of all runs, with slashes; how pages address it
 * @param run what the queue knows of it; null if it was started elsewhere
 */
public record FoundRun(
        String name, Path directory, @Nullable Run run) {
    /** The run directory; none before training made it. */
    public Optional<RunFolder> folder() {
        return Optional.of(place()).filter(RunFolder::started);
    }

    private RunFolder place() {
        return new RunFolder(directory);
    }

    public String method() {
        return run == null
                ? folder().map(RunFolder::method).orElse("?")
                : run.plan().method();
    }

    /** In a word; of a run that was started elsewhere only its directory tells. */
    public String state() {
        if (run != null) {
            return run.state().configName();
        }
        return complete() ? "finished" : "unfinished";
    }

    /** Whether nothing will change any more, as far as one can tell. */
    public boolean over() {
        return run == null ? complete() : run.state().over();
    }

    public boolean complete() {
        return place().complete();
    }

    public Path model() {
        return place().model();
    }

    /** The stages of a recipe with stages; empty for a single run. */
    public List<RunFolder> stages() {
        return place().stages();
    }

    /** The number of the last step, or how many stages are complete. Reads the end of the metrics alone. */
    public String progress() {
        if (!stages().isEmpty()) {
            return place().progress();
        }
        List<String> end =
                LogTail.of(directory.resolve("metrics.jsonl"), 2).lines().toList();
        return "step " + MetricsLog.of(end).lastStep();
    }

    /** A run's name as the path of an address. */
    public static String path(String name) {
        try {
            return new URI(null, null, "/" + name, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be written as an address", e);
        }
    }

    /** Its name as a value in an address. */
    public String query() {
        return query(name);
    }

    /** A run's name as a value in an address. */
    public static String query(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Whether it kept rollouts. */
    public boolean rollouts() {
        return Files.isDirectory(directory.resolve("rollouts"));
    }
}
